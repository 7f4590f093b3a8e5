"""Gathers the licences of all that a bundle ships into a folder: texts, and one JSON of them.

Run by the Python of the bundle's environment, which holds what is shipped and the tools that make
it. The app reads the JSON for its window About: a list of `{"name", "version", "licence", "kind",
"texts"}`, `texts` naming files of the folder.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# They make the bundle and are not in it; PyInstaller's small starter is, see below.
TOOLS = {"pip", "setuptools", "wheel", "altgraph", "pyinstaller-hooks-contrib", "uv"}
# On Linux the bundle has neither: see the spec.
if sys.platform.startswith("linux"):
    TOOLS |= {"cryptography", "cffi", "pycparser", "tzdata"}
# What Debian's packages bring into the bundle, because Python's own modules load it.
OF_PYTHON = re.compile(r"lib(ssl|crypto|ffi|bz2|lzma|mpdec|expat|uuid|z)[\d.-]")
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


def gather(folder: Path) -> list[dict[str, Any]]:
    """Writes all texts and the JSON into a folder; returns what the JSON says."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    parts = [*_packages(folder), _python(folder), *_system_libraries(folder)]
    parts.sort(key=lambda part: str(part["name"]).casefold())
    text = json.dumps(parts, ensure_ascii=False, indent=1)
    (folder / "licences.json").write_text(text + "\n", encoding="utf-8")
    return parts


def _packages(folder: Path) -> Iterator[dict[str, Any]]:
    """Yields the Python packages, their texts copied."""
    for found in metadata.distributions():
        about = found.metadata
        name = str(about["Name"])
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in TOOLS:
            continue
        texts: list[str] = []
        for file in found.files or ():
            if _TEXT.search(file.name) and "dist-info" in str(file):
                target = folder / f"{key}-{file.name}"
                if target.exists():
                    target = folder / f"{key}-{len(texts)}-{file.name}"
                shutil.copyfile(str(found.locate_file(file)), target)
                texts.append(target.name)
        yield {
            "name": name,
            "version": found.version,
            "licence": licence_of(about),
            "kind": "package",
            "texts": texts,
        }


def licence_of(about: Any) -> str:
    """Returns what a package says of its licence, in a few words."""
    said = about.get("License-Expression") or about.get("License") or ""
    # Some put the whole text there.
    if said and len(said) < 80 and "\n" not in said:
        return str(said)
    names = [
        str(value).split(" :: ")[-1]
        for value in about.get_all("Classifier") or ()
        if str(value).startswith("License ::")
    ]
    return ", ".join(names)


def _python(folder: Path) -> dict[str, Any]:
    """Returns Python itself; where its licence lies differs by system."""
    library = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    base = Path(sys.base_prefix)
    places = (base / "lib" / library, base, Path(sysconfig.get_path("stdlib")))
    found = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    texts: list[str] = []
    if found:
        shutil.copyfile(found[0], folder / "python-LICENSE.txt")
        texts.append("python-LICENSE.txt")
    version = ".".join(map(str, sys.version_info[:3]))
    return {
        "name": "Python",
        "version": version,
        "licence": "PSF-2.0",
        "kind": "python",
        "texts": texts,
    }


def _system_libraries(folder: Path) -> Iterator[dict[str, Any]]:
    """Yields the libraries of Debian's packages that come with Python's modules."""
    if not (sys.platform.startswith("linux") and shutil.which("dpkg-query")):
        return
    modules = Path(sysconfig.get_config_var("DESTSHARED") or "").glob("*.so")
    loaded: set[str] = set()
    for module in modules:
        told = subprocess.run(["ldd", str(module)], capture_output=True, text=True, check=False)
        loaded |= set(re.findall(r"=> (\S+)", told.stdout))
    packages = set()
    for library in loaded:
        if not OF_PYTHON.match(Path(library).name):
            continue
        for name in {library, str(Path(library).resolve()), library.removeprefix("/usr")}:
            told = subprocess.run(
                ["dpkg-query", "-S", name], capture_output=True, text=True, check=False
            )
            if told.returncode == 0:
                packages.add(told.stdout.split(":")[0])
    for package in sorted(packages):
        text = Path("/usr/share/doc") / package / "copyright"
        texts: list[str] = []
        if text.is_file():
            shutil.copyfile(text, folder / f"{package}-copyright.txt")
            texts.append(f"{package}-copyright.txt")
        version = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        yield {
            "name": package,
            "version": version,
            "licence": "",
            "kind": "library",
            "texts": texts,
        }


def main() -> int:
    """Gathers the licences; says how many, and which packages have no text of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parts = gather(parser.parse_args().folder)
    without = [part["name"] for part in parts if not part["texts"]]
    print(f"Licences of {len(parts)} parts gathered; without a text: {', '.join(without) or '-'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
