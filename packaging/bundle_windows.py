"""The installer for Windows: made by NSIS, whose script can be compiled on Linux too."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bundle import BUILD, DIST, version
from dev import ROOT, DevError, must, say

SCRIPT = ROOT / "packaging" / "windows" / "invest-desk.nsi"
# Where its own installer puts it, on Windows.
_USUAL = [
    Path(os.environ.get(name, "C:/Program Files (x86)")) / "NSIS" / "makensis.exe"
    for name in ("ProgramFiles(x86)", "ProgramFiles")
]


def find_makensis() -> str | None:
    """Returns the compiler of installers; None when it is not here."""
    found = shutil.which("makensis")
    return found or next((str(path) for path in _USUAL if path.is_file()), None)


def compile_script(folder: Path, icon: Path, number: str, out: Path) -> Path:
    """Packs a folder into an installer; a warning of the compiler is an error.

    Raises:
        DevError: there is no compiler, or it refuses.
    """
    makensis = find_makensis()
    if makensis is None:
        raise DevError("Making the installer takes NSIS (makensis), which is not here.")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    said = {"VERSION": number, "SOURCE": folder, "ICON": icon, "OUT": out}
    words = [f"-D{name}={value}" for name, value in said.items()]
    must("Compiling the installer", [makensis, "-V2", "-WX", *words, SCRIPT])
    say(f"Made {out.name}: {out.stat().st_size / 1e6:.1f} MB")
    return out


def make_installer(folder: Path, number: str) -> Path:
    """Packs the bundle, which has to be made on Windows."""
    icon = BUILD / "made" / "icons" / "invest-desk.ico"
    return compile_script(folder, icon, number, DIST / f"InvestDesk-{number}-setup.exe")


def check_script() -> int:
    """Compiles the script with a stand-in for the program: it says whether the script is right."""
    if find_makensis() is None:
        say("Skipped: makensis is not here (Debian: apt-get install nsis).")
        return 0
    with tempfile.TemporaryDirectory(prefix="nsis-") as name:
        folder = Path(name) / "invest-desk"
        (folder / "_internal" / "招商 resources").mkdir(parents=True)
        for path in ("invest-desk.exe", "invest-desk-cli.exe", "_internal/招商 resources/a.txt"):
            (folder / path).write_bytes(b"stand-in")
        icon = Path(name) / "invest-desk.ico"
        icon.write_bytes(one_pixel_icon())
        out = compile_script(folder, icon, version(), Path(name) / "InvestDesk-check.exe")
        if out.read_bytes()[:2] != b"MZ":
            raise DevError("What makensis made is no program for Windows.")
    say("The installer's script compiles.")
    return 0


def one_pixel_icon() -> bytes:
    """Returns the smallest icon that Windows takes."""
    header = bytes([0, 0, 1, 0, 1, 0])
    bitmap = (40).to_bytes(4, "little") + (1).to_bytes(4, "little") + (2).to_bytes(4, "little")
    bitmap += bytes([1, 0, 32, 0]) + bytes(24) + bytes([0xBF, 0x5F, 0x1F, 0xFF]) + bytes(4)
    entry = bytes([1, 1, 0, 0, 1, 0, 32, 0]) + len(bitmap).to_bytes(4, "little")
    return header + entry + (22).to_bytes(4, "little") + bitmap
