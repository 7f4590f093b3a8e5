"""``export …`` as a script runs it, and the places that refuse a file."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from desktop_app.cli.main import main
from desktop_app.db.workspace import Workspace
from desktop_app.services.demo import make_demo

Run = Callable[..., tuple[int, Any, str]]
ROOT = Path(__file__).resolve().parents[2]
# A disk that is full after some bytes, for one process.
FULL = """
import datetime as dt, resource, signal, sys
from pathlib import Path
import vobject, xlsxwriter
from desktop_app.cli.output import say, sentence
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.export_cards import export_contacts
from desktop_app.exchange.export_ledger import export_leads
from desktop_app.i18n import set_language

room, what, out, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
set_language("en")
workspace = Workspace.open(folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    with workspace.read() as session:
        if what == "leads":
            export_leads(session, out, lang="en", now=dt.datetime.now(dt.UTC))
        else:
            export_contacts(session, out)
except DeskError as error:
    say(sentence(error))
    raise SystemExit(1)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demonstration team."""
    import datetime as dt

    folder = tmp_path_factory.mktemp("desk")
    workspace = Workspace.open(folder)
    with workspace.write("demo") as session:
        make_demo(session, 30, 1, dt.date(2026, 11, 22))
    workspace.close()
    return folder


@pytest.fixture
def run(desk: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, lang: str = "en", folder: Path | None = None) -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main([*words, "--workspace", str(folder or desk), "--lang", lang])
        out, messages = capsys.readouterr()
        assert "Traceback" not in messages
        found = json.loads(out) if out.startswith(("{", "[")) else out.strip()
        return code, found, messages

    return call


@pytest.mark.parametrize(("kind", "table"), [("leads", "leads"), ("follow-ups", "follow-ups")])
def test_a_ledger_is_exported_and_imported_elsewhere(
    run: Run, tmp_path: Path, kind: str, table: str
) -> None:
    out = tmp_path / "out.xlsx"
    _, records, _ = run("list", table)

    code, done, messages = run("export", kind, str(out), lang="zh")

    assert (code, done) == (0, {"file": str(out), "count": len(records), "remarks": []})
    assert f"已导出 {len(records)} 条" in messages
    code, found, _ = run("import", str(out), "--kind", kind, folder=tmp_path / "other")
    assert (code, found["read"], found["created"]) == (0, len(records), len(records))
    code, found, _ = run("import", str(out))
    assert (code, found["created"]) == (0, 0)
    # It was no step: what undo would take back is still the one before.
    assert run("undo")[1]["label"] == "demo"
    run("redo")


def test_a_trip_is_exported_with_a_word_on_what_has_no_time(run: Run, tmp_path: Path) -> None:
    _, trips, _ = run("list", "trips")
    out = tmp_path / "trip.ics"
    run("add", "meetings", f"trip={trips[0]['id']}", "title=Later")

    code, done, messages = run("export", "trip", trips[0]["id"], str(out))

    assert code == 0
    assert len(Calendar.from_ical(out.read_bytes()).walk("VEVENT")) == done["count"]
    assert "“Later” has no time yet" in messages
    run("undo")


def test_contacts_are_exported_as_cards(run: Run, tmp_path: Path) -> None:
    _, people, _ = run("list", "contacts")
    code, done, _ = run("export", "contacts", str(tmp_path / "people.vcf"))

    assert (code, done["count"]) == (0, len(people))
    assert (tmp_path / "people.vcf").read_text("utf-8").count("END:VCARD") == len(people)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "trip", "out.ics"), "missing"),
        (("export", "leads", "a" * 32, "out.xlsx"), "a" * 32),
        (("export", "everything", "out.xlsx"), "everything"),
        (("export", "leads"), "missing"),
    ],
)
def test_wrong_arguments_are_told(run: Run, words: tuple[str, ...], said: str) -> None:
    code, _, messages = run(*words)
    assert code == 2
    assert said in messages


def test_a_trip_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    code, _, messages = run("export", "trip", "0" * 32, str(tmp_path / "out.ics"))
    assert code == 1
    assert messages.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["leads", "follow-ups", "contacts"])
def test_a_place_that_refuses_keeps_the_old_file_and_leaves_no_half(
    run: Run, tmp_path: Path, what: str
) -> None:
    gone = tmp_path / "gone" / "out"
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "kept.txt").write_text("mine", "utf-8")
    for target in (gone, folder, Path("/proc/out"), Path("/dev/full/out")):
        code, _, messages = run("export", what, str(target))
        assert code == 1
        assert str(target) in messages
    assert [p.name for p in tmp_path.rglob("*")] == ["taken", "kept.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit for one process there")
@pytest.mark.parametrize("what", ["leads", "contacts"])
@pytest.mark.parametrize("room", [0, 3000])
def test_a_full_disk_is_told_and_the_old_file_stays(
    desk: Path, tmp_path: Path, what: str, room: int
) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"the old one")

    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL, str(room), what, str(out), str(desk)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Cannot write" in done.stderr
    assert out.read_bytes() == b"the old one"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else"
)
def test_a_folder_that_one_may_not_write_is_told(tmp_path: Path) -> None:
    """As somebody who may read the folder but not write there."""
    from desktop_app.domain.errors import DeskError
    from desktop_app.services.whole_file import write_whole

    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    for parent in (closed, *closed.parents):
        if parent.stat().st_mode & 0o005 != 0o005:
            parent.chmod(parent.stat().st_mode | 0o055)
    me = os.geteuid()
    os.seteuid(65534)
    try:
        with pytest.raises(DeskError, match="cannot_write"):
            write_whole(closed / "out.xlsx", b"x")
    finally:
        os.seteuid(me)
    assert list(closed.iterdir()) == []
