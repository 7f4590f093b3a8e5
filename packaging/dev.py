#!/usr/bin/env python3
"""Sets up a checkout: `run`, `test`, `bench`, `bundle`, `lock`; only the standard library.

The file is also read by Pythons too old for the app, so that they can say so in a sentence.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
# What the environment was last made from; written last, so that a half-made one has none.
INSTALLED = VENV / ".installed"
# What only the benchmarks need: other makers of papers, to be compared with.
BENCH_LOCK = ROOT / "packaging" / "requirements-bench.lock"
BENCH_INSTALLED = VENV / ".installed-bench"
# What reads photos of business cards: an extra that few need, installed only when asked for.
CARDS_LOCK = ROOT / "packaging" / "requirements-cards.lock"
CARDS_INSTALLED = VENV / ".installed-cards"
OUT = ROOT / "out"

LOCK_OPTIONS = (
    *("--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"),
)

# Debian keeps servers where a plain user's PATH does not look.
SBIN = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])

VIEWS = ("desk", "leads", "board", "trips", "follow-ups", "companies")

# Debian package -> the library that Qt loads from it. The library is what counts: newer releases
# have renamed packages (libglib2.0-0t64), and apt still finds them under these names.
BASE_LIBRARIES = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libx11-6": "libX11.so.6",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# What WeasyPrint loads, for the benchmarks.
BENCH_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}


class DevError(Exception):
    """Something the person at the terminal has to know; its text is all that they are shown."""


def say(text: str) -> None:
    """Prints a line at once, so that it stands before the output of the tool that comes next."""
    print(text, flush=True)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Refuses a Python that the app cannot run on."""
    if version[:2] < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = ".".join(map(str, version[:2]))
        raise DevError(
            f"Invest Desk needs Python {wanted} or newer, and this is Python {found}: "
            f"install a newer one and start this script with it."
        )


def tool_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Returns the environment that every tool is started with."""
    return {**os.environ, "PYTHONUTF8": "1", **(extra or {})}


def call(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Runs a command in the repository, its output straight to the terminal; returns its code."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=tool_environment(extra), check=False).returncode


def must(what: str, command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> None:
    """Runs a command that the rest depends on.

    Raises:
        DevError: it ended with another code than 0; its own message stands above.
    """
    code = call(command, extra)
    if code:
        raise DevError(f"{what} failed (exit code {code}); the reason stands above.")


def is_linux(platform: str = sys.platform) -> bool:
    """Says whether this is Linux, where Qt's system libraries and a display may be missing."""
    return platform.startswith("linux")


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Says whether a window can be shown: always on Windows and macOS."""
    if not is_linux(platform):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


# --- system packages -----------------------------------------------------------------------------


def library_loads(name: str) -> bool:
    """Says whether the system finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages(
    wanted: Mapping[str, str], loads: Callable[[str], bool] = library_loads
) -> list[str]:
    """Returns the Debian packages whose libraries are not there, in the order given."""
    return [package for package, library in wanted.items() if not loads(library)]


def wanted_libraries(window: bool) -> dict[str, str]:
    """Returns the libraries that Qt needs offscreen or, with `window`, for a real window."""
    return {**BASE_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}


def root_prefix() -> list[str] | None:
    """Returns what to put before a command to run it as root, or None if that takes a password."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def apt_line(packages: Sequence[str]) -> str:
    """Returns the line by which a person installs the packages themselves."""
    return shlex.join(["sudo", "apt-get", "install", "-y", "--no-install-recommends", *packages])


def install_packages(packages: Sequence[str], why: str) -> None:
    """Installs Debian packages where this may be done without asking.

    Raises:
        DevError: it may not be done here; the message has the line to do it by hand.
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise DevError(
            f"{why}: install what your system calls {', '.join(packages)}, and start again."
        )
    prefix = root_prefix()
    if prefix is None:
        raise DevError(f"{why}. Install what is missing and start again:\n  {apt_line(packages)}")
    say(f"{why}; installing {', '.join(packages)}")
    apt_get: list[str | Path] = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # An update may fail for one source of several and the install still work.
    call([*apt_get, "update", "-qq"])
    must(
        f"Installing {', '.join(packages)}",
        [*apt_get, "install", "-y", "-qq", "--no-install-recommends", *packages],
    )


def ensure_libraries(window: bool) -> None:
    """Sees to the system libraries that Qt needs and no wheel brings."""
    if not is_linux():
        return
    wanted = wanted_libraries(window)
    missing = missing_packages(wanted)
    if missing:
        install_packages(missing, "Qt needs system libraries that are not here")
    # A fresh process looks again: in this one a failed look-up may be remembered.
    names = [wanted[package] for package in missing]
    looked = "import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]"
    if names:
        must("Loading the system libraries", [sys.executable, "-c", looked, *names])


def ensure_test_servers() -> None:
    """Installs the servers that some tests start, where nobody has to be asked and it can be done.

    Elsewhere, or when it fails, those tests are skipped and say why: that is no fault of the code.
    """
    if is_linux():
        install_if_allowed(missing_servers(), "Some tests start servers that are not here")


def ensure_bench_programs() -> None:
    """Installs what the briefing is compared with, where nobody has to be asked."""
    if not is_linux():
        return
    missing = missing_packages(BENCH_LIBRARIES)
    if not shutil.which("soffice"):
        missing.append("libreoffice-writer-nogui")
    install_if_allowed(missing, "Some benchmarks compare with programs that are not here")


def install_if_allowed(missing: Sequence[str], why: str) -> None:
    """Installs packages that are not needed by all, where nobody has to be asked."""
    if not missing or not (shutil.which("apt-get") and shutil.which("dpkg")):
        return
    # On somebody's own machine nothing is installed unasked: only for root, and in CI by sudo.
    if os.geteuid() != 0 and not os.environ.get("CI"):
        say(f"{why} and are skipped; to run them too:\n  {apt_line(missing)}")
        return
    try:
        install_packages(missing, why)
    except DevError as error:
        say(f"{error}\nWhat needs them is skipped.")


def missing_servers() -> list[str]:
    """Returns the Debian packages of the servers that are not there."""
    there = {
        "postgresql": any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "samba": shutil.which("smbd", path=SBIN) is not None,
        "smbnetfs": shutil.which("smbnetfs", path=SBIN) is not None,
    }
    # Without the device no share can be mounted, and without that no server helps.
    wanted = there if Path("/dev/fuse").exists() else {"postgresql": there["postgresql"]}
    return [package for package, found in wanted.items() if not found]


# --- the Python environment ----------------------------------------------------------------------


def venv_python(venv: Path = VENV) -> Path:
    """Returns where an environment keeps its Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def base_python() -> str:
    """Returns the Python outside any environment, so that one can be remade from inside it."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def venv_works(venv: Path = VENV) -> bool:
    """Says whether an environment has a Python new enough and a pip that starts."""
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        done = subprocess.run(
            [venv_python(venv), "-c", check], capture_output=True, cwd=venv.parent, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def make_venv(venv: Path = VENV) -> None:
    """Makes an environment anew, in place of whatever stands there."""
    venv.parent.mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("ensurepip") is None:
        # Debian takes it out of Python and has a package of it for each version.
        package = f"python3.{sys.version_info.minor}-venv"
        install_packages([package], "This Python cannot make virtual environments")
    must("Making the environment", [base_python(), "-m", "venv", "--clear", venv])


def lock_digest(lock: Path | None = None) -> str:
    """Returns what an environment made from a lock is recorded by."""
    return hashlib.sha256((lock or LOCK).read_bytes()).hexdigest()


def ensure_environment() -> None:
    """Makes or mends `.venv` so that it holds what the lock says; does nothing when it does."""
    if not venv_works():
        say(f"Making the environment {VENV}")
        make_venv()
    ensure_packages(LOCK, INSTALLED)


def ensure_packages(lock: Path, record: Path, venv: Path = VENV) -> None:
    """Installs what a lock says, unless the record says that it has been."""
    wanted = lock_digest(lock)
    if record.is_file() and record.read_text(encoding="utf-8") == wanted:
        return
    record.unlink(missing_ok=True)
    say(f"Installing the packages of packaging/{lock.name}")
    pip: list[str | Path] = [
        venv_python(venv),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
    ]
    # A person sees how far it is; a log of CI is not filled with it.
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    must("Installing the packages", [*pip, "install", *quiet, "--require-hashes", "-r", lock])
    record.write_text(wanted, encoding="utf-8")


# --- run -----------------------------------------------------------------------------------------


def app_command(*arguments: str | Path) -> list[str | Path]:
    """Returns the command that starts the app or one of its commands."""
    return [venv_python(), "-m", "desktop_app", *arguments]


def latest_trip(listing: str) -> str:
    """Returns the id of the trip that starts the latest.

    Args:
        listing: a JSON array of objects with `id` and `starts_on` (an ISO date or null).
    """
    trips = json.loads(listing)
    if not trips:
        raise DevError("The demonstration has no trip to print a briefing of.")
    return str(max(trips, key=lambda trip: str(trip["starts_on"] or ""))["id"])


def read_trips(app: Sequence[str | Path]) -> str:
    """Returns what `list trips --json` prints; its errors go to the terminal."""
    done = subprocess.run(
        [str(word) for word in (*app, "list", "trips", "--json")],
        cwd=ROOT,
        env=tool_environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise DevError(
            f"Listing the trips failed (exit code {done.returncode}); "
            f"the reason stands above.\n{done.stdout}".rstrip()
        )
    return done.stdout


def make_file(path: Path, app: Sequence[str | Path], *arguments: str | Path) -> Path:
    """Has the app write one file and sees that it is new and not empty."""
    path.unlink(missing_ok=True)
    what = f"Making {path.relative_to(ROOT)}"
    must(what, [*app, *arguments], {"QT_QPA_PLATFORM": "offscreen"})
    if not path.is_file() or not path.stat().st_size:
        raise DevError(f"{what} ended without an error, but the file is not there or is empty.")
    say(f"  {path.relative_to(ROOT)}  ({path.stat().st_size / 1000:,.0f} kB)")
    return path


def run_offscreen(options: Sequence[str]) -> None:
    """Does the app's main job without a window, and leaves papers and pictures of it in `out/`."""
    workspace = OUT / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    OUT.mkdir(exist_ok=True)
    app = app_command(*options, "--workspace", workspace)
    say("Loading the demonstration team into out/workspace")
    must("Loading the demonstration team", [*app, "demo"])
    say("Importing resources/demo/ledger.xlsx")
    ledger = ROOT / "resources" / "demo" / "ledger.xlsx"
    must("Importing the ledger", [*app, "import", ledger, "--duplicates", "skip", "--json"])
    trip = latest_trip(read_trips(app))
    say(f"Briefing of trip {trip} and pictures of the views:")
    made = []
    for lang in ("zh", "en"):
        paper = OUT / f"trip-briefing-{lang}.pdf"
        made.append(make_file(paper, app, "pdf", "trip-briefing", trip, paper, "--lang", lang))
    for view in VIEWS:
        picture = OUT / f"{view}.png"
        made.append(make_file(picture, app, "screenshot", view, picture))
    say(f"Made {len(made)} files in {OUT}")


def run_app(options: list[str]) -> int:
    """Sets up the checkout and starts the app, or does its main job where no window can be."""
    display = has_display()
    ensure_libraries(window=is_linux() and bool(os.environ.get("DISPLAY")))
    ensure_environment()
    options = with_cards(options)
    if display:
        return call(app_command("--demo-if-empty", *options))
    say("There is no display here, so the app does its main job offscreen and writes to out/.")
    run_offscreen(options)
    return 0


# --- test, bench, lock ---------------------------------------------------------------------------


def checks() -> list[tuple[str, list[str | Path]]]:
    """Returns what has to hold before the tests are worth running, quickest first."""
    python = venv_python()
    suffix = ".exe" if os.name == "nt" else ""
    return [
        ("ruff check", [python, "-m", "ruff", "check"]),
        ("ruff format", [python, "-m", "ruff", "format", "--check"]),
        ("mypy", [python, "-m", "mypy"]),
        ("lint-imports", [python.with_name(f"lint-imports{suffix}"), "--no-logo"]),
    ]


def with_cards(options: list[str]) -> list[str]:
    """Installs the reader of business cards when `--cards` is among the options; returns the rest.

    Before it the environment must stand.
    """
    if "--cards" in options:
        ensure_packages(CARDS_LOCK, CARDS_INSTALLED)
    return [option for option in options if option != "--cards"]


def run_tests(options: list[str]) -> int:
    """Runs the checks and then pytest, and stops at the first that fails; returns its code."""
    ensure_libraries(window=False)
    ensure_test_servers()
    ensure_environment()
    options = with_cards(options)
    for name, command in checks():
        started = time.monotonic()
        code = call(command)
        say(f"== {name}: {'ok' if code == 0 else 'failed'}, {time.monotonic() - started:.1f} s")
        if code:
            return code
    # Nothing is printed after pytest: its closing line says how many tests ran and for how long.
    say("== pytest")
    pytest: list[str | Path] = [venv_python(), "-m", "pytest", "-n", "2", *options]
    return call(pytest, {"QT_QPA_PLATFORM": "offscreen"})


def run_benchmarks(options: list[str]) -> int:
    """Sets up the checkout and runs the benchmarks."""
    ensure_libraries(window=False)
    ensure_environment()
    ensure_bench_programs()
    ensure_packages(BENCH_LOCK, BENCH_INSTALLED)
    script = ROOT / "tests" / "benchmarks" / "run.py"
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    extra = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path}
    return call([venv_python(), script, *options], extra)


def remake_lock(options: list[str]) -> int:
    """Remakes the locks in packaging/; what is pinned stays so unless `--upgrade` is given."""
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        venv = Path(folder) / "venv"
        make_venv(venv)
        python = venv_python(venv)
        must("Installing uv", [python, "-m", "pip", "install", "--quiet", "uv"])
        uv: list[str | Path] = [python, "-m", "uv", "pip", "compile", *LOCK_OPTIONS, *options]
        # Relative names: they are written into the lock as the reason for each package.
        lock = "packaging/requirements.lock"
        must("Locking", [*uv, "pyproject.toml", "--group", "dev", "-o", lock])
        # The second is installed on top of the first, so what both name is pinned alike.
        bench = "packaging/requirements-bench.lock"
        must("Locking", [*uv, "--group", "bench", "-c", lock, "-o", bench])
        cards = "packaging/requirements-cards.lock"
        must("Locking", [*uv, "pyproject.toml", "--extra", "cards", "-c", lock, "-o", cards])
        # The bundles have environments of their own, with what is shipped and nothing else.
        bundle = "packaging/requirements-bundle.lock"
        must("Locking", [*uv, "pyproject.toml", "--group", "bundle", "-c", lock, "-o", bundle])
        lock_old_bundle(Path(folder), python, options)
    say("Made the locks in packaging/")
    return 0


def lock_old_bundle(folder: Path, python: Path, options: Sequence[str]) -> None:
    """Locks the bundle for old systems, with another Qt and otherwise the same packages."""
    same, other = folder / "same.txt", folder / "other.txt"
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    pins = [line.split(" ")[0] for line in lines if "==" in line and line[0].isalnum()]
    of_qt = ("pyside6", "shiboken6")
    same.write_text("\n".join(pin for pin in pins if not pin.startswith(of_qt)), encoding="utf-8")
    # That Qt has its PDF part in the add-ons, not in a package of its own.
    other.write_text('PySide6-Pdf ; sys_platform == "none"', encoding="utf-8")
    uv: list[str | Path] = [python, "-m", "uv", "pip", "compile", *LOCK_OPTIONS[1:], *options]
    # Without the reasons for each package: they would name the files above.
    where = ("--no-annotate", "--python-platform", "x86_64-manylinux_2_28")
    files = ("-c", same, "--override", other)
    out = "packaging/requirements-bundle-old.lock"
    must("Locking", [*uv, *where, *files, "pyproject.toml", "--group", "bundle-old", "-o", out])


# --- bundles -------------------------------------------------------------------------------------


def make_bundle(options: list[str]) -> int:
    """Makes the program that people install, and checks it; `bundle --help` tells how."""
    # It is in modules of its own beside this file, which import this one by its name.
    sys.modules.setdefault("dev", sys.modules[__name__])
    from bundle import run

    return run(options)


# --- the command line ----------------------------------------------------------------------------

COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "run": (run_app, "start the app (--cards: with the reader of cards; others are passed on)"),
    "test": (run_tests, "run the linters and the tests (--long: slow ones too; --cards)"),
    "bench": (run_benchmarks, "run the benchmarks (options are passed on)"),
    "bundle": (make_bundle, "make what people install (bundle --help tells more)"),
    "lock": (remake_lock, "remake the locks in packaging/ (options go to uv: --upgrade)"),
}


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Returns the command and the options that are passed on as they are."""
    lines = "\n".join(f"  {name:6} {about}" for name, (_, about) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=f"Sets up this checkout and runs it.\n\ncommands:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("options", nargs=argparse.REMAINDER)
    parsed = parser.parse_args(arguments)
    return parsed.command, parsed.options


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    command, options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        check_python()
        return COMMANDS[command][0](options)
    except DevError as error:
        sys.stdout.flush()
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
