"""What goes wrong is told in one sentence, changes nothing, and leaves no traceback."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_app.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
Refuse = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return the folder of a workspace with one company."""
    folder = tmp_path / "desk"
    assert main(["add", "companies", "name=Eins AG", "--workspace", str(folder)]) == 0
    return folder


@pytest.fixture
def refuse(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refuse:
    """Return a function that runs a command that must be refused, and returns the sentence."""

    def call(*words: str, code: int = 1, lang: str = "zh") -> str:
        capsys.readouterr()
        before = _held(desk)
        assert main([*words, "--workspace", str(desk), "--lang", lang]) == code
        out, message = capsys.readouterr()
        assert out == ""
        assert message.count("\n") == 1, message
        assert "Traceback" not in message
        assert "意外" not in message
        assert "unexpected" not in message
        assert _held(desk) == before
        return message

    return call


def _held(folder: Path) -> list[tuple[object, ...]]:
    connection = driver.connect(str(folder / "workspace.db"))
    try:
        return list(connection.execute("SELECT id, fields FROM change ORDER BY seq"))
    except driver.DatabaseError:
        return []
    finally:
        connection.close()


@pytest.mark.parametrize(
    "words",
    [
        "show leads 1234",
        "show leads zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "set leads 00000000000000000000000000000000 title=x",
        "delete companies 00000000000000000000000000000000",
        "history trips 00000000000000000000000000000000",
        "pdf trip-briefing 00000000000000000000000000000000 no.pdf",
        "add leads title=x",
        "add leads company=nobody",
        "add companies nmae=x",
        "add companies name=x employees=many",
        "add companies name=x employees=1e400",
        "add trips title=x starts_on=2026-02-30",
        "add meetings title=x starts_at=soon",
        "add members name=x active=perhaps",
        "add trips title=x starts_on=2027-02-01 ends_on=2027-01-01",
        "list companies --where nmae=x",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unknown_ids_fields_and_values_are_refused(refuse: Refuse, words: str, lang: str) -> None:
    message = refuse(*words.split(), lang=lang)
    assert ("。" in message) == (lang == "zh")


@pytest.mark.parametrize(
    "words",
    [
        "list gadgets",
        "frobnicate",
        "show leads",
        "add companies name",
        "add companies name=a name=b",
        "add companies",
        "demo --leads -5",
        "demo --leads many",
        "import x.csv --duplicates maybe",
        "list companies --colour",
        "screenshot leads out.png --size huge",
        "screenshot leads",
    ],
)
def test_wrong_usage_is_told_apart(refuse: Refuse, words: str) -> None:
    refuse(*words.split(), code=2)


def test_files_that_are_no_ledger_are_refused(refuse: Refuse, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04" + os.urandom(400))
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    pdf = tmp_path / "really-a-pdf.xlsx"
    pdf.write_bytes(b"%PDF-1.7\n" + b"x" * 200)
    # A password makes an OLE container of an xlsx file.
    locked = tmp_path / "password.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024) + name + bytes(1024))
    poem = tmp_path / "poem.csv"
    poem.write_text("Sah ein Knab ein Röslein stehn\nRöslein auf der Heiden\n", "utf-8")
    for file in (broken, empty, pdf, locked, poem, tmp_path / "missing.xlsx", tmp_path):
        assert file.name in refuse("import", str(file)) or file == tmp_path


@pytest.mark.parametrize(("kind", "name"), [("cases", "Cases"), ("approvals", "Approvals")])
def test_a_ledger_of_another_kind_is_refused(
    refuse: Refuse, tmp_path: Path, kind: str, name: str
) -> None:
    ledger = tmp_path / "leads.csv"
    ledger.write_text("企业名称,国别,投资额（万元）\n甲公司,德国,5000\n", "utf-8")
    sentence = refuse("import", str(ledger), "--kind", kind, lang="en")
    assert f"no {name} in the file" in sentence
    assert "Leads" in sentence


def test_a_ledger_of_cases_is_no_ledger_of_leads(refuse: Refuse, tmp_path: Path) -> None:
    ledger = tmp_path / "cases.csv"
    ledger.write_text("项目名称,存在问题,牵头单位,办结时限\n阀,用地,自规局,2026-03-05\n", "utf-8")
    for kind in ("leads", "contacts", "approvals"):
        assert "交办单" in refuse("import", str(ledger), "--kind", kind)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("公司\n甲\n", "utf-8")
    secret.chmod(0)
    refuse("import", str(secret))


def test_what_is_no_backup_is_not_restored(refuse: Refuse, tmp_path: Path) -> None:
    text = tmp_path / "notes.zip"
    text.write_text("not a zip", "utf-8")
    refuse("restore", str(text))
    refuse("restore", str(tmp_path / "missing.zip"))


def test_a_workspace_of_a_newer_version_is_left_alone(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = desk / "workspace.db"
    connection = driver.connect(str(database))
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = database.read_bytes()
    capsys.readouterr()
    for words in (["list", "leads"], ["demo"], ["undo"], ["check"]):
        assert main([*words, "--workspace", str(desk), "--lang", "en"]) == 1
        out, message = capsys.readouterr()
        assert out == ""
        assert "newer version" in message
        assert message.count("\n") == 1
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_workspace_that_is_no_database_is_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "workspace.db").write_bytes(content)
    code = main(["list", "leads", "--workspace", str(folder), "--lang", "zh"])
    out, message = capsys.readouterr()
    assert "意外" not in message
    # An empty file is what a killed first start leaves; it may be made anew or refused.
    assert code == 1 or (content == b"" and out == "[]\n")


def test_a_workspace_that_is_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert main(["list", "leads", "--workspace", str(tmp_path / "file"), "--lang", "en"]) == 1
    assert "data folder" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [b"", b"hello", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_backup_cures_a_damaged_workspace(damage: bytes, desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.zip"
    assert main(["backup", str(copy), "--workspace", str(desk)]) == 0
    (desk / "workspace.db").write_bytes(damage)
    assert main(["restore", str(copy), "--workspace", str(desk)]) == 0
    assert main(["check", "--workspace", str(desk)]) == 0
    assert len(_held(desk)) == 1


def test_odd_text_is_kept_as_it_is(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "𠮷 👩‍🏭 مرحبا <b>&amp; =1+1 " + "长" * 10_000
    capsys.readouterr()
    assert main(["add", "companies", f"name={text}\x00\x07", "--workspace", str(desk)]) == 0
    made = capsys.readouterr().out.strip()
    assert main(["show", "companies", made, "--workspace", str(desk)]) == 0
    assert text in capsys.readouterr().out
    assert main(["add", "companies", "name=\udce4\udcf6", "--workspace", str(desk)]) == 0


def _start(*words: str | Path, **more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", **more}
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app", *(str(w) for w in words)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_script_gets_utf8_json_without_a_display_and_without_qt(desk: Path) -> None:
    trap = "import sys; sys.modules['PySide6'] = None; from desktop_app.app import main; "
    words = ["list", "companies", "--workspace", str(desk)]
    done = subprocess.run(
        [sys.executable, "-c", f"{trap}sys.exit(main({words!r}))"],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "DISPLAY": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Eins AG" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("delay", [0.0, 0.15, 0.4])
def test_an_import_killed_in_the_middle_leaves_all_or_nothing(desk: Path, delay: float) -> None:
    ledger = desk.parent / "many.csv"
    lines = "\n".join(f"公司{n}号有限公司,中国,{n},2026.3.5" for n in range(4000))
    ledger.write_text(f"企业名称,国别,投资额（万元）,首报日期\n{lines}\n", "utf-8")
    process = _start("import", ledger, "--workspace", desk)
    wal = desk / "workspace.db-wal"
    end = time.monotonic() + 60
    # The log file beside the database grows once the import writes.
    while process.poll() is None and time.monotonic() < end:
        if wal.exists() and wal.stat().st_size > 100_000:
            break
        time.sleep(0.005)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    checked = _start("check", "--workspace", desk)
    out, errors = checked.communicate()
    assert checked.returncode == 0, errors
    assert b'"ok": true' in out
    connection = driver.connect(str(desk / "workspace.db"))
    (leads,) = connection.execute("SELECT count(*) FROM lead").fetchone()
    connection.close()
    assert leads in (0, 4000)


@pytest.mark.skipif(os.name == "nt", reason="file size limits")
def test_a_full_disk_changes_nothing(desk: Path) -> None:
    limit = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000)); "
    words = ["demo", "--leads", "900", "--workspace", str(desk), "--lang", "en"]
    run = f"{limit}from desktop_app.cli.main import main; sys.exit(main({words!r}))"
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert main(["check", "--workspace", str(desk)]) == 0


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_a_backup_that_cannot_be_written_is_told(refuse: Refuse, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x", "utf-8")
    refuse("backup", str(blocker / "backup.zip"))
    shutil.rmtree(tmp_path / "nothing", ignore_errors=True)


def test_a_workspace_that_another_program_holds_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.db import driver as our_driver

    # The real wait is ten seconds.
    short = ("PRAGMA busy_timeout = 50", *our_driver.PRAGMAS[1:])
    monkeypatch.setattr(our_driver, "PRAGMAS", short)
    holder = driver.connect(str(desk / "workspace.db"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        capsys.readouterr()
        words = ["add", "companies", "name=Zwei AG", "--workspace", str(desk), "--lang", "zh"]
        assert main(words) == 1
        assert "占用" in capsys.readouterr().err
    finally:
        holder.close()
