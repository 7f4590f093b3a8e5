"""Takes out of a bundle on Linux what no program reads: symbols, data of ICU, a second OpenSSL."""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dev import DevError

# ICU's own name of its package of data, at the start of the package.
_ICU = b"CmnD"
# Of ICU's data Qt reads what compares texts; it has names, formats and zones of its own.
_KEPT_OF_ICU = re.compile(
    r"(root|zh|zh_\w+|en|en_\w+|de|it|fr|pool|res_index|supplementalData|likelySubtags|icuver"
    r"|keyTypeData|metadata|plurals|numberingSystems|timezoneTypes|zoneinfo64|metaZones)\.res"
    r"|coll/(root|zh|de|res_index|ucadata|pool)\.\w+"
    r"|\w+\.(icu|nrm|spp)"
    r"|gb18030\.cnv"
)


def slim(inside: Path) -> None:
    """Makes the folder of a bundle smaller by what is never read.

    Args:
        inside: the folder of libraries and data, `_internal`.
    """
    for link in inside.iterdir():
        # To a library that was left out.
        if link.is_symlink() and not link.exists():
            link.unlink()
    _strip(inside)
    for library in inside.rglob("libicudata.so.*"):
        if library.is_file() and not library.is_symlink():
            shrink_icu(library)
    _share_openssl(inside)


def _strip(inside: Path) -> None:
    """Drops the symbols of libraries; Qt's own come without."""
    libraries = [
        path
        for path in inside.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and "PySide6/Qt/" not in path.as_posix()
    ]
    for start in range(0, len(libraries), 50):
        command = ["strip", "--strip-unneeded", *map(str, libraries[start : start + 50])]
        subprocess.run(command, check=True)


def _share_openssl(inside: Path) -> None:
    """Lets Python load the OpenSSL that the link to the office server brings, where it can."""
    own = inside / "libcrypto.so.3"
    others = sorted((inside / "psycopg_binary.libs").glob("libcrypto-*.so.3"))
    if own.is_file() and not own.is_symlink() and others:
        own.unlink()
        own.symlink_to(others[0].relative_to(inside))


# --- ICU -----------------------------------------------------------------------------------------


def read_icu(library: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Returns the header of ICU's package of data in a library, and its items by their names.

    Raises:
        DevError: there is none in it.
    """
    mark = library.find(_ICU)
    if mark < 0:
        raise DevError("libicudata holds no package of data; this ICU is of another kind.")
    # Before it: header size, magic, size of what follows, reserved, byte order, charset, and two.
    start = mark - 12
    (length,) = struct.unpack_from("<H", library, start)
    table = start + length
    entries = list(_entries(library, table))
    items = {}
    for at, (name, data) in enumerate(entries):
        if at + 1 < len(entries):
            end = entries[at + 1][1]
        else:
            # The last has no neighbour to say where it ends: up to the next page of zeroes.
            end = data + _length_of_last(library, table + data)
        items[name] = library[table + data : table + end]
    return library[start:table], items


def _entries(library: bytes, table: int) -> Iterator[tuple[str, int]]:
    """Yields each item's name and where its data begins, counted from the table."""
    (count,) = struct.unpack_from("<I", library, table)
    for at in range(count):
        name_at, data_at = struct.unpack_from("<II", library, table + 4 + 8 * at)
        end = library.index(b"\0", table + name_at)
        yield library[table + name_at : end].decode("ascii"), data_at


def _length_of_last(library: bytes, at: int) -> int:
    """Returns a length that holds the last item: resources say theirs nowhere near."""
    return min(len(library) - at, 1 << 16)


def write_icu(header: bytes, items: dict[str, bytes]) -> bytes:
    """Returns a package of data with these items."""
    names = sorted(items)
    table = struct.pack("<I", len(names))
    name_at = 4 + 8 * len(names)
    name_bytes = b"".join(name.encode("ascii") + b"\0" for name in names)
    data_at = _aligned(name_at + len(name_bytes))
    entries, data = b"", b""
    for name in names:
        entries += struct.pack("<II", name_at, data_at + len(data))
        data += items[name].ljust(_aligned(len(items[name])), b"\0")
        name_at += len(name) + 1
    return header + (table + entries + name_bytes).ljust(data_at, b"\0") + data


def _aligned(size: int) -> int:
    return -(-size // 16) * 16


def shrink_icu(library: Path) -> None:
    """Writes ICU's library of data anew, with only what Qt reads.

    Raises:
        subprocess.CalledProcessError: the tools that make a library of it refuse.
    """
    header, items = read_icu(library.read_bytes())
    prefix = next(iter(items)).split("/")[0]
    kept = {
        name: data
        for name, data in items.items()
        if _KEPT_OF_ICU.fullmatch(name.removeprefix(f"{prefix}/"))
    }
    # `icudt73l` is the little-endian edition of `icudt73`; the symbol has no such letter.
    symbol = f"{prefix.rstrip('lb')}_dat"
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder) / "icu.dat", Path(folder) / "icu.o"
        data.write_bytes(write_icu(header, kept))
        code = ["--set-section-alignment", ".data=16"]
        code += ["--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"]
        code += ["--redefine-sym", f"_binary_icu_dat_start={symbol}"]
        command = ["objcopy", "-I", "binary", "-O", "elf64-x86-64", *code, "icu.dat", "icu.o"]
        subprocess.run(command, cwd=folder, check=True)
        library.unlink()
        link = ["ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", str(library)]
        subprocess.run([*link, str(made)], check=True)
    library.chmod(0o644)
