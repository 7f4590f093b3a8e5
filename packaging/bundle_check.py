"""Installs a .deb in a clean Debian made by debootstrap, and uses it there as a person would."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bundle import BUILD, DIST, is_root
from dev import ROOT, SBIN, DevError, install_packages, must, say


def check_deb(deb: Path, suite: str) -> None:
    """Installs, runs and removes a package in a clean system; leaves a picture of the window.

    Raises:
        DevError: this is not root, or something does not work there.
    """
    system = clean_system(suite)
    shutil.copy(deb, system / deb.name)
    shutil.copy(ROOT / "packaging" / "bundle_smoke.py", system / "smoke.py")
    shutil.copy(ROOT / "packaging" / "linux" / "check.sh", system / "check.sh")
    try:
        inside(system, f"sh /check.sh /{deb.name}")
    finally:
        seen = DIST / f"check-{suite}"
        shutil.rmtree(seen, ignore_errors=True)
        if (system / "check").is_dir():
            shutil.copytree(system / "check", seen)
        shutil.rmtree(system, ignore_errors=True)
    say(f"The package works in a clean {suite}; pictures are in dist/{seen.name}")


def clean_system(suite: str) -> Path:
    """Returns the folder of a new system of a Debian release, to be changed at will."""
    if not is_root():
        raise DevError("Making a clean Debian takes root: start this with sudo.")
    if not shutil.which("debootstrap", path=SBIN):
        install_packages(["debootstrap"], "Making a clean Debian takes debootstrap")
    pristine = BUILD / f"debian-{suite}"
    if not pristine.is_dir():
        say(f"Making a clean Debian {suite} in build/{pristine.name}")
        part = pristine.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        must("Making a clean Debian", ["debootstrap", "--variant=minbase", suite, part])
        part.rename(pristine)
    used = BUILD / f"used-{suite}"
    shutil.rmtree(used, ignore_errors=True)
    subprocess.run(["cp", "-a", str(pristine), str(used)], check=True)
    return used


def inside(system: Path, line: str) -> None:
    """Runs a line of shell in a system, with devices and processes of its own.

    Raises:
        DevError: it ended with another code than 0.
    """
    setting_up = (
        'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && '
        'mount -t tmpfs tmp "$1/tmp" && exec chroot "$1" sh -c "$2"'
    )
    command = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", setting_up, "sh"]
    must("The clean system", [*command, str(system), line], {"PATH": SBIN, "LC_ALL": "C.UTF-8"})
