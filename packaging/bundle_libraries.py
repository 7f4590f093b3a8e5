"""Which libraries of the system a bundle needs, and the Debian packages they come in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from dev import BASE_LIBRARIES, WINDOW_LIBRARIES, DevError

# Beside those that dev.py installs. Newer releases have renamed some packages (…t64); they say
# that they provide these names.
_PACKAGES = {
    **{library: package for package, library in (BASE_LIBRARIES | WINDOW_LIBRARIES).items()},
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libfreetype.so.6": "libfreetype6",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libzstd.so.1": "libzstd1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libdrm.so.2": "libdrm2",
    "libuuid.so.1": "libuuid1",
    "libatomic.so.1": "libatomic1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
}
# The system's own C library, of the version that the bundle says it needs.
_C = re.compile(
    r"(libc|libm|libdl|librt|libpthread|libutil|libresolv|libcrypt|ld-linux.*)\.so\.\d+"
)
# Without these a plug-in stays away and the program works: GTK's dialogs, printing to CUPS.
_OPTIONAL = {
    "libcups.so.2": "libcups2",
    "libgtk-3.so.0": "libgtk-3-0",
    "libgdk-3.so.0": "libgtk-3-0",
    "libgdk_pixbuf-2.0.so.0": "libgtk-3-0",
    "libpango-1.0.so.0": "libgtk-3-0",
    "libpangocairo-1.0.so.0": "libgtk-3-0",
    "libcairo.so.2": "libgtk-3-0",
    "libcairo-gobject.so.2": "libgtk-3-0",
    "libatk-1.0.so.0": "libgtk-3-0",
    "libharfbuzz.so.0": "libgtk-3-0",
}


def needed(folder: Path) -> tuple[set[str], tuple[int, ...]]:
    """Returns the libraries that a bundle needs and has not, and the newest glibc asked for.

    Args:
        folder: of the bundle.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    there = {path.name for path in folder.rglob("*.so*")}
    wanted: set[str] = set()
    glibc: set[tuple[int, ...]] = {(2, 17)}
    for start in range(0, len(files), 40):
        command = ["objdump", "-p", *map(str, files[start : start + 40])]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        wanted |= set(re.findall(r"NEEDED\s+(\S+)", told))
        for version in re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)", told):
            glibc.add(tuple(int(part) for part in version.split(".")))
    return {name for name in wanted - there if not _C.fullmatch(name)}, max(glibc)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def dependencies(libraries: set[str]) -> tuple[list[str], list[str]]:
    """Returns the Debian packages of libraries: those needed, and those good to have.

    Raises:
        DevError: a library is in no package that is known here.
    """
    unknown = sorted(libraries - set(_PACKAGES) - set(_OPTIONAL))
    if unknown:
        raise DevError(
            f"The bundle needs {', '.join(unknown)}: name the Debian package in "
            f"packaging/bundle_libraries.py, or leave out what needs it in the spec."
        )
    depends = {_PACKAGES[name] for name in libraries if name in _PACKAGES}
    good = {_OPTIONAL[name] for name in libraries if name in _OPTIONAL}
    return sorted(depends), sorted(good)
