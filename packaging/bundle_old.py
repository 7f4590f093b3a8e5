"""Makes the bundle for systems with an older glibc, in Debian 11 with the last Qt that runs there.

Debian 11 has no Python new enough: the one of Debian 12 is built there from its source package.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from pathlib import Path

from bundle import BUILD, DIST, OLD_LOCK, version
from bundle_check import check_deb, clean_system, inside
from dev import ROOT, DevError, must, say

SUITE, PYTHON_FROM, PYTHON = "bullseye", "bookworm", "python3.11"
MAKER = BUILD / "maker"
WHEELS = BUILD / "wheels-old"
_BUILD_PYTHON = f"""
set -eu
export DEBIAN_FRONTEND=noninteractive
mirror=$(awk '/^deb /{{print $2; exit}}' /etc/apt/sources.list)
echo "deb-src $mirror {PYTHON_FROM} main" >/etc/apt/sources.list.d/source.list
apt-get update -qq
apt-get install -y -qq --no-install-recommends build-essential dpkg-dev binutils \\
    zlib1g-dev libbz2-dev liblzma-dev libssl-dev libffi-dev uuid-dev libexpat1-dev >/dev/null
mkdir -p /build && cd /build && rm -rf Python-* && chmod 777 .
apt-get source --download-only -qq {PYTHON}
tar xf {PYTHON}_*.orig.tar.*
cd Python-*
./configure -q --prefix=/opt/python --enable-shared --without-ensurepip \\
    --disable-test-modules --with-system-expat LDFLAGS=-Wl,-rpath,/opt/python/lib >/dev/null
make -s -j2 >/build/make.log 2>&1
make -s install >/build/install.log 2>&1
/opt/python/bin/python3 -c 'import ssl, ctypes, bz2, lzma, zlib'
"""


def run_old(asked: argparse.Namespace) -> int:
    """Makes, packs and checks the bundle for old systems."""
    if platform.machine() != "x86_64":
        raise DevError("The bundle for old systems is made on x86_64 only.")
    deb = DIST / "old" / f"invest-desk_{version()}-old_amd64.deb"
    if not (asked.keep and deb.is_file()):
        make_old(deb)
    if asked.check:
        check_deb(deb, SUITE)
    return 0


def make_old(deb: Path) -> None:
    """Makes the package inside Debian 11 and fetches it from there."""
    system = maker()
    fetch_wheels()
    tree = system / "build" / "invest-desk"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    names = ("desktop_app", "packaging", "resources", "pyproject.toml", "LICENSE", "README.md")
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    shutil.rmtree(system / "build" / "wheels", ignore_errors=True)
    shutil.copytree(WHEELS, system / "build" / "wheels")
    lock = f"packaging/{OLD_LOCK.name}"
    say("Making the bundle in Debian 11")
    inside(
        system,
        "cd /build/invest-desk && PIP_NO_INDEX=1 PIP_FIND_LINKS=/build/wheels "
        "PIP_CONFIG_FILE=/dev/null PIP_EXTRA_INDEX_URL= PIP_CERT= "
        f"/opt/python/bin/python3 packaging/dev.py bundle --deb --lock {lock}",
    )
    deb.parent.mkdir(parents=True, exist_ok=True)
    [made] = (tree / "dist").glob("*.deb")
    shutil.copy(made, deb)
    say(f"Made dist/old/{deb.name}: {deb.stat().st_size / 1e6:.1f} MB")


def maker() -> Path:
    """Returns a Debian 11 that holds a Python of its own and what building takes."""
    if not MAKER.is_dir():
        part = clean_system(SUITE)
        say("Building Python in Debian 11; this takes some minutes")
        inside(part, _BUILD_PYTHON)
        part.rename(MAKER)
    return MAKER


def fetch_wheels() -> None:
    """Fetches the packages of the lock for the old system, as the person's pip is set up."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    ages = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014", "_2_12", "2010", "_2_5", "1")
    kinds = [word for age in ages for word in ("--platform", f"manylinux{age}_x86_64")]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes"]
    command = [*pip, "--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp"]
    must("Fetching the packages", [*command, *kinds, "-r", OLD_LOCK, "-d", WHEELS])
