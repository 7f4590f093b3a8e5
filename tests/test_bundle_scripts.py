"""What the bundles are made by: locks, dependencies, the data of ICU, the installer's script."""

import configparser
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.etree import ElementTree

import pytest

import desktop_app

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
LOCKS = ("requirements-bundle.lock", "requirements-bundle-old.lock")


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The modules of packaging/, imported as dev.py imports them."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    names = ("dev", "bundle", "bundle_libraries", "bundle_slim", "bundle_windows")
    modules: dict[str, ModuleType] = {name: importlib.import_module(name) for name in names}
    yield SimpleNamespace(**modules)
    for name in names:
        sys.modules.pop(name, None)


def pins(lock: str) -> dict[str, str]:
    text = (PACKAGING / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            assert "--hash=sha256:" in line, line
            name, version = line.split(" ")[0].split("==")
            found[name] = version
    return found


# --- the locks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    text = (PACKAGING / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|/tmp/|--index-url|--find-links", text)


def test_what_is_shipped_is_what_was_tested() -> None:
    tested = pins("requirements.lock")
    shipped = pins("requirements-bundle.lock")
    both = set(tested) & set(shipped)
    assert {"pyside6-essentials", "sqlalchemy", "reportlab"} <= both
    assert {name: tested[name] for name in both} == {name: shipped[name] for name in both}
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & set(shipped)


def test_the_old_bundle_differs_only_by_its_qt() -> None:
    new, old = pins(LOCKS[0]), pins(LOCKS[1])
    differ = {name for name in set(new) & set(old) if new[name] != old[name]}
    assert differ == {"pyside6-essentials", "shiboken6"}
    assert old["pyside6-essentials"] == "6.9.3"


# --- one version ---------------------------------------------------------------------------------


def test_the_version_stands_in_one_place(scripts: SimpleNamespace) -> None:
    assert scripts.bundle.version() == desktop_app.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"]["attr"] == "desktop_app.__version__"
    # Windows wants numbers only.
    assert re.fullmatch(r"\d+\.\d+\.\d+", desktop_app.__version__)


# --- what a package depends on -------------------------------------------------------------------


def test_libraries_become_packages(scripts: SimpleNamespace) -> None:
    depends, good = scripts.bundle_libraries.dependencies(
        {"libGL.so.1", "libgio-2.0.so.0", "libglib-2.0.so.0", "libcups.so.2", "libxcb-cursor.so.0"}
    )
    assert depends == ["libgl1", "libglib2.0-0", "libxcb-cursor0"]
    assert good == ["libcups2"]


def test_an_unknown_library_is_asked_about(scripts: SimpleNamespace) -> None:
    with pytest.raises(scripts.dev.DevError, match=r"libnew\.so\.7"):
        scripts.bundle_libraries.dependencies({"libGL.so.1", "libnew.so.7"})


@pytest.mark.skipif(not shutil.which("objdump"), reason="needs binutils")
def test_what_a_program_needs_is_read_from_it(scripts: SimpleNamespace, tmp_path: Path) -> None:
    python = Path(sys.executable).resolve()
    if python.read_bytes()[:4] != b"\x7fELF":
        pytest.skip("no program of Linux")
    shutil.copy(python, tmp_path / "program")
    libraries, glibc = scripts.bundle_libraries.needed(tmp_path)
    assert not any(name.startswith(("libc.so", "ld-linux")) for name in libraries)
    assert glibc >= (2, 17)


# --- ICU's data ----------------------------------------------------------------------------------


def test_a_package_of_icu_data_is_read_back_as_it_was_written(scripts: SimpleNamespace) -> None:
    slim = scripts.bundle_slim
    header = (32).to_bytes(2, "little") + b"\xda\x27" + bytes(8) + b"CmnD" + bytes(16)
    items = {"icudt73l/root.res": b"r" * 40, "icudt73l/zh.res": b"z" * 7, "icudt73l/aa.cnv": b"a"}
    library = bytes(4096) + slim.write_icu(header, items) + bytes(64)
    found_header, found = slim.read_icu(library)
    assert found_header == header
    assert list(found) == sorted(items)
    for name, data in items.items():
        assert found[name].startswith(data)
    again = slim.read_icu(
        slim.write_icu(found_header, {"icudt73l/zh.res": items["icudt73l/zh.res"]})
    )
    assert list(again[1]) == ["icudt73l/zh.res"]


def test_a_library_without_icu_data_is_refused(scripts: SimpleNamespace) -> None:
    with pytest.raises(scripts.dev.DevError, match="libicudata"):
        scripts.bundle_slim.read_icu(bytes(100))


# --- what systems read ---------------------------------------------------------------------------


def test_the_menu_entry_speaks_both_languages_and_takes_the_team_file() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[method-assign,assignment]
    entry.read(PACKAGING / "linux" / "invest-desk.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    assert (said["Name"], said["Name[zh_CN]"]) == ("Invest Desk", "招商工作台")
    kind = "{http://www.freedesktop.org/standards/shared-mime-info}"
    tree = ElementTree.parse(PACKAGING / "linux" / "invest-desk.xml").getroot()
    [mime] = tree.findall(f"{kind}mime-type")
    assert said["MimeType"].rstrip(";") == mime.get("type")
    from desktop_app.sync.open_hub import NAME

    assert NAME in [glob.get("pattern") for glob in mime.findall(f"{kind}glob")]


def test_the_installer_says_everything_in_both_languages() -> None:
    script = (PACKAGING / "windows" / "invest-desk.nsi").read_text("utf-8")
    said = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    keys = {key for key, _ in said}
    assert {(key, lang) for key in keys for lang in ("SIMPCHINESE", "ENGLISH")} == set(said)
    assert set(re.findall(r"\$\((\w+)\)", script)) == keys
    assert "RequestExecutionLevel user" in script


@pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not here")
def test_the_installer_compiles() -> None:
    command = [sys.executable, str(PACKAGING / "dev.py"), "bundle", "--nsis-check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "compiles" in done.stdout


def test_without_its_compiler_the_check_says_so_and_passes(
    scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert scripts.bundle_windows.check_script() == 0
    assert "Skipped" in capsys.readouterr().out


def test_the_helper_tells_what_can_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, str(PACKAGING / "dev.py"), "bundle", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for option in ("--deb", "--check", "--old", "--installer", "--nsis-check"):
        assert option in said
