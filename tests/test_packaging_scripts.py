"""packaging/dev.py sets up a checkout, says what is missing, and does not get in the way."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"


@pytest.fixture
def dev() -> ModuleType:
    """dev.py as a module: a fresh one for each test, which may alter it."""
    spec = importlib.util.spec_from_file_location("dev", PACKAGING / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def requirements() -> list[str]:
    """The requirements of the lock, each with its options on one line."""
    text = (PACKAGING / "requirements.lock").read_text(encoding="utf-8")
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


# --- the lock ------------------------------------------------------------------------------------


def test_the_lock_names_no_host(requirements: list[str]) -> None:
    text = (PACKAGING / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index-url|--extra-index-url|--find-links", text)
    assert requirements


def test_each_package_of_the_lock_is_one_version_with_hashes(requirements: list[str]) -> None:
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement


def test_the_lock_has_what_the_project_asks_for(requirements: list[str]) -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = {_name(requirement) for requirement in requirements}
    assert {_name(requirement) for requirement in asked} <= locked


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found.group()).lower()


# --- packaging/ is a folder, not the package of that name ----------------------------------------


def test_packaging_is_no_package_of_ours() -> None:
    assert not (PACKAGING / "__init__.py").exists()


def test_the_package_named_packaging_is_found_from_the_repository() -> None:
    code = "import packaging.version; print(packaging.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not Path(done.stdout.strip()).is_relative_to(PACKAGING)


# --- how CI starts -------------------------------------------------------------------------------


def test_ci_runs_just_what_a_developer_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[0].startswith("cd ")
    assert commands[1:] == ["exec python3 packaging/dev.py test"]


# --- what dev.py finds out -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "platform", "shown"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_missing_only_on_linux(
    dev: ModuleType, environ: dict[str, str], platform: str, shown: bool
) -> None:
    assert dev.has_display(environ, platform) is shown


def test_only_packages_whose_library_is_missing_are_asked_for(dev: ModuleType) -> None:
    wanted = {"libone1": "libone.so.1", "libtwo2": "libtwo.so.2", "libthree3": "libthree.so.3"}
    here = {"libtwo.so.2"}
    assert dev.missing_packages(wanted, here.__contains__) == ["libone1", "libthree3"]


def test_a_library_that_no_system_has_does_not_load(dev: ModuleType) -> None:
    assert not dev.library_loads("libinvestdesk-not-there.so.1")


def test_a_window_needs_more_libraries_than_offscreen(dev: ModuleType) -> None:
    offscreen = dev.wanted_libraries(window=False)
    window = dev.wanted_libraries(window=True)
    assert set(offscreen) < set(window)
    assert "libxcb-cursor0" in set(window) - set(offscreen)


def test_an_old_python_is_refused_in_one_sentence(dev: ModuleType) -> None:
    dev.check_python((3, 11, 0))
    with pytest.raises(dev.DevError, match=r"needs Python 3\.11 or newer, and this is Python 3\.9"):
        dev.check_python((3, 9, 2))


def test_the_line_to_type_is_given_where_nothing_may_be_installed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    monkeypatch.setattr(dev, "shutil", SimpleNamespace(which=lambda name: f"/usr/bin/{name}"))
    monkeypatch.setattr(dev, "call", lambda *_: pytest.fail("ran something"))
    with pytest.raises(dev.DevError) as told:
        dev.install_packages(["libegl1", "libgl1"], "Qt needs libraries")
    assert "sudo apt-get install -y --no-install-recommends libegl1 libgl1" in str(told.value)


def test_the_latest_trip_is_the_one_that_starts_last(dev: ModuleType) -> None:
    listing = """[
        {"id": "a", "starts_on": "2026-03-01"},
        {"id": "b", "starts_on": "2026-11-20"},
        {"id": "c", "starts_on": null}
    ]"""
    assert dev.latest_trip(listing) == "b"
    with pytest.raises(dev.DevError, match="no trip"):
        dev.latest_trip("[]")


def test_options_after_the_command_are_passed_on(dev: ModuleType) -> None:
    assert dev.parse(["test", "--long", "-k", "merge"]) == ("test", ["--long", "-k", "merge"])
    assert dev.parse(["run"]) == ("run", [])


def test_the_first_failing_check_ends_the_run_with_its_code(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {"mypy": 3}
    started: list[str] = []

    def call(command: list[str | Path], extra: dict[str, str] | None = None) -> int:
        tool = next(str(word) for word in command if str(word) in {"ruff", "mypy", "pytest"})
        started.append(tool)
        return codes.get(tool, 0)

    monkeypatch.setattr(dev, "ensure_libraries", lambda window: None)
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    monkeypatch.setattr(dev, "call", call)
    assert dev.run_tests([]) == 3
    assert started == ["ruff", "ruff", "mypy"]
    assert "mypy: failed" in capsys.readouterr().out


def test_a_failing_step_is_named_and_ends_the_run(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: list[str]) -> int:
        dev.must("Making a thing", [sys.executable, "-c", "raise SystemExit(4)"])
        return 0

    monkeypatch.setitem(dev.COMMANDS, "run", (fail, ""))
    assert dev.main(["run"]) == 1
    assert "Making a thing failed (exit code 4)" in capsys.readouterr().err


# --- the environment -----------------------------------------------------------------------------


@pytest.fixture
def checkout(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout whose lock is empty, so that nothing has to be fetched."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "LOCK", lock)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "INSTALLED", tmp_path / ".venv" / ".installed")
    for function in (dev.venv_python, dev.venv_works, dev.make_venv):
        monkeypatch.setattr(function, "__defaults__", (tmp_path / ".venv",))
    return tmp_path


def test_a_half_made_environment_heals(dev: ModuleType, checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    assert not dev.venv_works()
    dev.ensure_environment()
    assert dev.venv_works()
    assert (checkout / ".venv" / ".installed").read_text(encoding="utf-8") == dev.lock_digest()


def test_packages_are_installed_only_when_the_lock_has_changed(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(dev, "venv_works", lambda: True)
    monkeypatch.setattr(dev, "must", lambda what, *_: ran.append(what))
    (checkout / ".venv").mkdir()
    dev.ensure_environment()
    dev.ensure_environment()
    assert ran == ["Installing the packages"]
    (checkout / "requirements.lock").write_text("# changed\n", encoding="utf-8")
    dev.ensure_environment()
    assert len(ran) == 2


def test_an_installation_that_fails_is_not_recorded(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(what: str, *_: object) -> None:
        raise dev.DevError(what)

    monkeypatch.setattr(dev, "venv_works", lambda: True)
    monkeypatch.setattr(dev, "must", fail)
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / ".installed").write_text("of an older lock", encoding="utf-8")
    with pytest.raises(dev.DevError):
        dev.ensure_environment()
    assert not (checkout / ".venv" / ".installed").exists()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("python3.9") is None, reason="there is no python3.9 here")
def test_an_old_python_reads_the_script_far_enough_to_say_so() -> None:
    done = subprocess.run(
        ["python3.9", PACKAGING / "dev.py", "run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11" in done.stderr
