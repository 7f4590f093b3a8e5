"""Makes the program that people install: `dev.py bundle [--deb] [--check] [--old] …`.

One folder by PyInstaller, from an environment that holds only what is shipped; then tried out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from dev import (
    ROOT,
    DevError,
    call,
    ensure_libraries,
    ensure_packages,
    is_linux,
    make_venv,
    must,
    say,
    venv_python,
    venv_works,
)

BUILD, DIST = ROOT / "build", ROOT / "dist"
LOCK = ROOT / "packaging" / "requirements-bundle.lock"
OLD_LOCK = ROOT / "packaging" / "requirements-bundle-old.lock"
# What the installed folder may have, in MiB, as `du -m` counts.
MOST_MIB = 150


def version() -> str:
    """Returns the program's version: it stands in one place."""
    text = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise DevError("desktop_app/__init__.py says no version.")
    return found[1]


def parse(options: Sequence[str]) -> argparse.Namespace:
    """Reads what is asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bundle", description=__doc__)
    add = parser.add_argument
    add("--deb", action="store_true", help="Linux: pack it as a .deb")
    add(
        "--check",
        action="store_true",
        help="Linux, as root: install the .deb in a clean Debian and run it there",
    )
    add(
        "--old",
        action="store_true",
        help="Linux, as root: make it in Debian 11, for systems with an older glibc",
    )
    add("--installer", action="store_true", help="Windows: an installer; macOS: a disk image")
    add("--nsis-check", action="store_true", help="only compile the installer's script")
    add("--lock", type=Path, default=LOCK, help=argparse.SUPPRESS)
    add("--keep", action="store_true", help="test the bundle that is there, making no new one")
    return parser.parse_args(options)


def run(options: Sequence[str]) -> int:
    """Makes and checks what the options ask for; returns the exit code."""
    asked = parse(options)
    if asked.nsis_check:
        from bundle_windows import check_script

        return check_script()
    if asked.old:
        from bundle_old import run_old

        return run_old(asked)
    folder = DIST / "invest-desk"
    if not (asked.keep and folder.is_dir()):
        folder = build(asked.lock)
    smoke_test(program_in(folder))
    if asked.deb or asked.check:
        from bundle_deb import make_deb

        made = make_deb(folder, version())
        if asked.check:
            from bundle_check import check_deb

            check_deb(made, "bookworm")
    if asked.installer:
        make_installer()
    return 0


def build(lock: Path) -> Path:
    """Makes the folder of the program; returns it."""
    if is_linux():
        ensure_libraries(window=True)
    venv = BUILD / f"venv-{lock.stem}"
    if not venv_works(venv):
        say(f"Making the environment build/{venv.name}")
        make_venv(venv)
    ensure_packages(lock, venv / ".installed", venv)
    made = BUILD / "made"
    python = venv_python(venv)
    scripts = ROOT / "packaging"
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    must("Drawing the icons", [python, scripts / "bundle_icons.py", made / "icons"], offscreen)
    must(
        "Gathering the licences",
        [python, scripts / "bundle_licences.py", made / "licences"],
    )
    folder = DIST / "invest-desk"
    shutil.rmtree(folder, ignore_errors=True)
    say("Making the bundle; this takes some minutes")
    must(
        "Making the bundle",
        [
            *(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--distpath", DIST, "--workpath", BUILD / "pyinstaller"),
            scripts / "invest-desk.spec",
        ],
        {"INVEST_DESK_VERSION": version(), "INVEST_DESK_MADE": str(made)},
    )
    if is_linux():
        from bundle_slim import slim

        slim(folder / "_internal")
    report_size(folder)
    return folder


def report_size(folder: Path) -> float:
    """Says how large the installed folder is and what most of it is; returns its MiB."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            top = parts[1] if parts[0] == "_internal" and len(parts) > 2 else "the rest"
            sizes[top] = sizes.get(top, 0) + path.stat().st_size
    total = sum(sizes.values())
    most = sorted(sizes.items(), key=lambda entry: -entry[1])[:8]
    said = f"The bundle has {total / 1e6:.1f} MB ({total / 2**20:.1f} MiB): "
    say(said + ", ".join(f"{n} {s / 1e6:.1f}" for n, s in most))
    if total > MOST_MIB * 2**20:
        say(f"That is more than the {MOST_MIB} MiB asked for.")
    return total / 2**20


def program_in(folder: Path) -> Path:
    """Returns the program for the command line in a bundle."""
    return folder / ("invest-desk-cli.exe" if sys.platform == "win32" else "invest-desk")


def smoke_test(program: Path) -> None:
    """Runs the bundled program: every view, a paper, a sync; also from an awkward place."""
    must(
        "Trying the bundle",
        [sys.executable, ROOT / "packaging" / "bundle_smoke.py", program],
        {"QT_QPA_PLATFORM": "offscreen"},
    )


def make_installer() -> None:
    """Packs the bundle for the system that this is."""
    if sys.platform == "win32":
        from bundle_windows import make_installer as make

        make(DIST / "invest-desk", version())
        return
    if sys.platform != "darwin":
        raise DevError("--installer is for Windows and macOS; here it is --deb.")
    image = DIST / f"Invest-Desk-{version()}.dmg"
    image.unlink(missing_ok=True)
    source = DIST / "dmg"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    shutil.copytree(DIST / "Invest Desk.app", source / "Invest Desk.app", symlinks=True)
    (source / "Applications").symlink_to("/Applications")
    command = ["hdiutil", "create", "-volname", "Invest Desk", "-srcfolder", str(source)]
    must("Making the disk image", [*command, "-format", "UDZO", str(image)])


def is_root() -> bool:
    """Says whether this is root, which making a clean system takes."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


__all__ = ["BUILD", "DIST", "OLD_LOCK", "call", "is_root", "run", "version"]
