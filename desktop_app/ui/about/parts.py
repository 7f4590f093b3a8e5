"""The parts of the program: what each is called, its version, its licence and the text of it."""

import json
import logging
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import PySide6

from desktop_app import __version__
from desktop_app.i18n import t
from desktop_app.paths import resource, shipped

logger = logging.getLogger(__name__)
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
# They are Qt, which has an entry of its own.
_OF_QT = ("pyside6", "shiboken6")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is shipped."""

    name: str
    version: str
    licence: str
    note: str = ""
    texts: tuple[Path, ...] = ()

    def text(self) -> str:
        """Return its licence in full; empty when it has none of its own."""
        read = []
        for path in self.texts:
            try:
                read.append(path.read_text("utf-8", errors="replace").strip("\n"))
            except OSError as error:
                logger.warning("A licence can't be read: %s", error)
        return "\n\n\n".join(read)


def parts() -> list[Part]:
    """Return all parts: the program's own, what it is built on, then the packages by name."""
    return [*_own(), *(_gathered() or _installed())]


def _own() -> list[Part]:
    """Return the program, Qt, and what lies in ``resources``."""
    lgpl = (resource("map", "LGPL-3.0.txt"), resource("map", "GPL-3.0.txt"))
    rows: list[tuple[str, str, str, tuple[Path, ...]]] = [
        ("program", __version__, "MIT", (shipped("LICENSE"),)),
        ("qt", PySide6.__version__, "LGPL-3.0", lgpl),
        ("fonts", "", "OFL-1.1", (resource("fonts", "OFL.txt"),)),
        ("icons", "", "ISC", (resource("icons", "LICENSE.txt"),)),
        ("map", "", "", ()),
        ("lakes", "", "LGPL-3.0", lgpl),
        ("places", "", "CC BY 4.0", ()),
    ]
    return [
        Part(
            t(f"about.part.{key}"),
            version,
            licence or t("about.public_domain"),
            t(f"about.note.{key}"),
            texts,
        )
        for key, version, licence, texts in rows
    ]


def _gathered() -> list[Part]:
    """Return what was gathered when the bundle was made; nothing when run from source."""
    folder = shipped("licences")
    try:
        stored: list[dict[str, Any]] = json.loads((folder / "licences.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [
        Part(
            one["name"],
            one["version"],
            one["licence"],
            texts=tuple(folder / name for name in one["texts"]),
        )
        for one in stored
        if not _is_qt(one["name"])
    ]


def _installed() -> list[Part]:
    """Return the packages of this Python, by what they say themselves."""
    found = {}
    for one in metadata.distributions():
        name = one.metadata["Name"]
        if not name or _is_qt(name):
            continue
        texts = tuple(
            Path(str(one.locate_file(file)))
            for file in one.files or ()
            if _TEXT.search(file.name) and "dist-info" in str(file)
        )
        found[name.casefold()] = Part(name, one.version, _licence_of(one.metadata), texts=texts)
    return [found[key] for key in sorted(found)]


def _is_qt(name: str) -> bool:
    return name.casefold().startswith(_OF_QT)


def _licence_of(about: Any) -> str:
    """Return what a package says of its licence, in a few words."""
    said = str(about.get("License-Expression") or about.get("License") or "")
    # Some put the whole text there.
    if said and len(said) < 80 and "\n" not in said:
        return said
    named = [str(value).split(" :: ") for value in about.get_all("Classifier") or ()]
    return ", ".join(words[-1] for words in named if words[0] == "License")
