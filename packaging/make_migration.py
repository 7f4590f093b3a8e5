"""Write the next migration: what the models have that the last migration's database lacks.

Use, after adding a column and raising ``DATABASE_VERSION`` in ``desktop_app/db/change.py``:
``.venv/bin/python packaging/make_migration.py "What it adds"``. Read the result before you commit.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(message: str) -> None:
    """Write ``versions/<schema>.py`` with the steps that are missing."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import MetaData

    from desktop_app.db.change import DATABASE_VERSION
    from desktop_app.db.engine import make_engine
    from desktop_app.db.log_tables import log_metadata
    from desktop_app.db.migrate import SCRIPTS
    from desktop_app.db.models import Base

    everything = MetaData()
    for metadata in (Base.metadata, log_metadata):
        for table in metadata.sorted_tables:
            table.to_metadata(everything)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["target_metadata"] = everything
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "before.db")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{DATABASE_VERSION:04d}")
        engine.dispose()


if __name__ == "__main__":
    sys.path.append(str(ROOT))
    main(sys.argv[1] if len(sys.argv) > 1 else "change the schema")
