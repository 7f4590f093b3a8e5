"""Where a preview keeps what it made: a folder of its own, gone when the preview is left."""

import shutil
import tempfile
import weakref
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

#: The folders of the previews that are open: another view's may be beside this one.
_OPEN: set[Path] = set()


class PreviewFolder:
    """Hands out fresh names in a folder inside the workspace."""

    def __init__(self, owner: QObject, home: Path) -> None:
        """Make no folder yet; it goes with ``owner`` at the latest."""
        self._owner, self._home = owner, home
        self._folder: Path | None = None
        self._number = 0

    def next_file(self) -> Path:
        """Return a fresh name: Windows keeps the file that is still shown locked."""
        if self._folder is None or not self._folder.is_dir():
            # What a crash left behind; a workspace is open in one window only.
            for left in self._home.glob("preview-*"):
                if left not in _OPEN:
                    shutil.rmtree(left, ignore_errors=True)
            self._folder = Path(tempfile.mkdtemp(prefix="preview-", dir=self._home))
            _OPEN.add(self._folder)
            # Also when the window is closed or its views are made anew in another language.
            clean = partial(_remove, self._folder)
            self._owner.destroyed.connect(clean)
            weakref.finalize(self._owner, clean)
        self._number += 1
        return self._folder / f"paper-{self._number}.pdf"

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        if self._folder is not None:
            _remove(self._folder)
            self._folder = None


def _remove(folder: Path, *_owner: object) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _OPEN.discard(folder)
