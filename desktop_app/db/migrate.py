"""Migrations by Alembic, imported only when a file of an older version is opened."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from desktop_app.db.change import DATABASE_VERSION

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(engine: Engine, scripts: Path = SCRIPTS, schema: int = DATABASE_VERSION) -> None:
    """Bring an older database to ``schema`` in one transaction, by the scripts in the folder."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
