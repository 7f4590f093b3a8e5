"""A file written whole is as readable as any other new file, and keeps the mode it had."""

import os
import sys
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_what_is_no_plain_file_is_left_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "folder").mkdir()
    for path in (pipe, tmp_path / "folder"):
        with pytest.raises(DeskError):
            write_whole(path, b"1")
    assert pipe.is_fifo()
    assert len(list(tmp_path.iterdir())) == 2
