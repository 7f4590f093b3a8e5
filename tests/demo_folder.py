"""A workspace of the demonstration team on disk, for tests that open it themselves."""

from pathlib import Path

from desktop_app.db.workspace import Workspace
from desktop_app.services.demo import make_demo


def demo_folder(folder: Path, leads: int) -> Path:
    """Fill a folder with the demonstration team and return it."""
    workspace = Workspace.open(folder)
    with workspace.write("demo") as session:
        make_demo(session, leads=leads)
    workspace.close()
    return folder
