"""Packs a bundle as a Debian package: menu entry, icons, file type, and what it depends on."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from bundle import BUILD, DIST
from bundle_libraries import dependencies, needed
from dev import ROOT, DevError, must, say

# As drawn by bundle_icons.py.
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
LINUX = ROOT / "packaging" / "linux"
# What menus, file types and icons are kept up to date by; desktops have all of them.
_DESKTOP = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info")


def make_deb(folder: Path, version: str, suffix: str = "") -> Path:
    """Packs the folder of a bundle; returns the package.

    Args:
        folder: of the bundle.
        version: the program's.
        suffix: put behind the version in the name of the file.
    """
    if not shutil.which("dpkg-deb"):
        raise DevError("Packing a .deb takes dpkg-deb, which is not here.")
    stage = BUILD / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    home = stage / "usr" / "lib" / "invest-desk"
    home.parent.mkdir(parents=True)
    shutil.copytree(folder, home, symlinks=True)
    _put_around(stage)
    _describe(stage, home, version)
    for path in stage.rglob("*"):
        if path.is_symlink():
            continue
        run = path.is_dir() or path.name in ("postinst", "prerm") or path.parent == home
        path.chmod(0o755 if run else 0o644)
    deb = DIST / f"invest-desk_{version}{suffix}_{_architecture()}.deb"
    deb.unlink(missing_ok=True)
    say("Packing the .deb")
    must("Packing", ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", stage, deb])
    say(f"Made dist/{deb.name}: {deb.stat().st_size / 1e6:.1f} MB")
    return deb


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _put_around(stage: Path) -> None:
    """Puts what the desktop reads into its places."""
    share = stage / "usr" / "share"
    for source, place in (
        (LINUX / "invest-desk.desktop", share / "applications"),
        (LINUX / "invest-desk.xml", share / "mime" / "packages"),
    ):
        place.mkdir(parents=True)
        shutil.copy(source, place)
    for size in SIZES:
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True)
        icon = BUILD / "made" / "icons" / f"invest-desk-{size}.png"
        shutil.copy(icon, place / "invest-desk.png")
    command = stage / "usr" / "bin" / "invest-desk"
    command.parent.mkdir()
    command.symlink_to("../lib/invest-desk/invest-desk")


def _describe(stage: Path, home: Path, version: str) -> None:
    """Writes what dpkg reads of the package, and its licences where Debian looks for them."""
    libraries, glibc = needed(home)
    depends, good = dependencies(libraries)
    depends = [f"libc6 (>= {'.'.join(map(str, glibc))})", *depends, "tzdata"]
    size = sum(path.lstat().st_size for path in stage.rglob("*") if not path.is_dir())
    control = stage / "DEBIAN"
    control.mkdir()
    lines = [
        "Package: invest-desk",
        f"Version: {version}",
        f"Architecture: {_architecture()}",
        "Section: misc",
        "Priority: optional",
        "Maintainer: the Invest Desk authors <invest-desk@localhost>",
        f"Installed-Size: {size // 1024}",
        f"Depends: {', '.join(depends)}",
        f"Recommends: {', '.join([*good, *_DESKTOP])}",
        "Description: Invest Desk · 招商工作台",
        " The desktop app by which an investment-attraction team finds, visits, wins and",
        " looks after investors. Works offline; shares by one file.",
        " .",
        " 招商团队的桌面工作台：线索、出访、跟进、企业与项目，离线可用，一个文件共享。",
    ]
    (control / "control").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("postinst", "prerm"):
        shutil.copy(LINUX / name, control)
    place = stage / "usr" / "share" / "doc" / "invest-desk"
    place.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", place / "copyright")
    parts = json.loads((home / "_internal" / "licences" / "licences.json").read_text("utf-8"))
    told = "\n".join(f"{p['name']} {p['version']}: {p['licence'] or 'see its text'}" for p in parts)
    with (place / "copyright").open("a", encoding="utf-8") as file:
        file.write(
            "\nFonts: SIL OFL 1.1. Icons: Lucide, ISC. Map: Natural Earth, public domain; lakes"
            "\nGSHHG, LGPL 3. Places: GeoNames, CC BY 4.0. Qt and PySide6: LGPL 3"
            "\n(/usr/share/common-licenses/LGPL-3). All texts: /usr/lib/invest-desk/_internal.\n"
            f"\n{told}\n"
        )
    entry = (
        f"invest-desk ({version}) unstable; urgency=low\n\n  * See the program's own history.\n\n"
        " -- the Invest Desk authors <invest-desk@localhost>  Thu, 01 Jan 2026 00:00:00 +0000\n"
    )
    (place / "changelog.gz").write_bytes(gzip.compress(entry.encode(), mtime=0))
    _write_sums(stage)


def _write_sums(stage: Path) -> None:
    """Writes the checksums by which an installed package can be verified."""
    lines = []
    for path in sorted(stage.rglob("*")):
        name = path.relative_to(stage)
        if path.is_file() and not path.is_symlink() and name.parts[0] != "DEBIAN":
            lines.append(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {name.as_posix()}\n")
    text = "".join(lines)
    (stage / "DEBIAN" / "md5sums").write_text(text, encoding="utf-8")
