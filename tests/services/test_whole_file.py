"""A file written whole is as readable as any other new file, and keeps the mode it had."""

import os
import sys
from pathlib import Path

import pytest

from desktop_app.services.whole_file import write_whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_colleagues_may_read_what_was_written_on_a_share(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.pdf", b"1")
        assert (tmp_path / "new.pdf").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)
    (tmp_path / "new.pdf").chmod(0o664)
    write_whole(tmp_path / "new.pdf", b"2")
    assert (tmp_path / "new.pdf").stat().st_mode & 0o777 == 0o664
    assert (tmp_path / "new.pdf").read_bytes() == b"2"
