"""Reads a file of records into tables of cells: xlsx, xls, ods, csv and vCard, told by content.

What a file is called says little: a workbook saved as ``.csv`` and a text saved as ``.xlsx`` are
both common, so the first bytes decide.
"""

import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import DeskError
from desktop_app.exchange.text_tables import decode, split_rows

Cell = str | int | float | bool | dt.date | dt.datetime | None

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams inside an OLE container, in the UTF-16 in which its directory keeps them.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class RawTable:
    """The cells of one sheet; ``rows[0]`` is the sheet's first row."""

    sheet: str
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    kind: str | None = None

    def row_number(self, index: int) -> int:
        """Return the number by which people find a row in their own program."""
        return index + 1


def read_tables(path: Path) -> list[RawTable]:
    """Return the tables of a ledger, a text file or a vCard file, in the order of the file.

    Raises:
        DeskError: the file is missing, locked, empty, protected, broken or of another kind.
    """
    data = _bytes_of(path)
    if data.startswith((_ZIP, _OLE)):
        tables = _read_workbook(data, path.name)
    else:
        tables = _read_text(data, path)
    if not any(_filled(table) for table in tables):
        raise DeskError("import_empty", file=path.name)
    return tables


def _bytes_of(path: Path) -> bytes:
    """Return the file's content, or say why it cannot be had."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DeskError("import_missing", file=str(path)) from None
    except IsADirectoryError:
        raise DeskError("import_folder", file=str(path)) from None
    except OSError:
        if path.is_dir():
            raise DeskError("import_folder", file=str(path)) from None
        raise DeskError("import_locked", file=path.name) from None
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise DeskError("import_empty", file=path.name)
    return data


def _read_workbook(data: bytes, name: str) -> list[RawTable]:
    """Return the visible sheets of an xlsx, xls or ods file."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise DeskError("import_password", file=name)
    tables = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.visible != SheetVisibleEnum.Visible and len(book.sheet_names) > 1:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            tables.append(RawTable(meta.name, cells, list(sheet.merged_cell_ranges or [])))
    except PasswordError:
        raise DeskError("import_password", file=name) from None
    except (CalamineError, ValueError, OSError) as error:
        if "password" in str(error).lower():
            raise DeskError("import_password", file=name) from None
        if _is_document(data):
            raise DeskError("import_not_a_ledger", file=name) from None
        raise DeskError("import_broken", file=name) from None
    return tables


def _is_document(data: bytes) -> bool:
    """Return whether a container holds a text, slides or an archive rather than a workbook."""
    names = (b"word/document.xml", b"ppt/presentation.xml", b"opendocument.text")
    if data.startswith(_OLE):
        return "WordDocument".encode("utf-16-le") in data
    workbook = b"xl/" in data or b"opendocument.spreadsheet" in data
    return any(name in data for name in names) or not workbook


def _read_text(data: bytes, path: Path) -> list[RawTable]:
    """Return the one table of a text file: contact cards, or rows of a csv."""
    known_binary = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"Rar!")
    if data.startswith(known_binary):
        raise DeskError("import_not_a_ledger", file=path.name)
    text = decode(data)
    if text is None:
        raise DeskError("import_not_a_ledger", file=path.name)
    if "BEGIN:VCARD" in text[:2000].upper():
        from desktop_app.exchange.vcard import card_table

        return [card_table(text, path.stem)]
    rows: list[list[Cell]] = [list(row) for row in split_rows(text)]
    return [RawTable(path.stem, rows)]


def _filled(table: RawTable) -> bool:
    """Return whether any cell of a table holds something."""
    return any(cell not in (None, "") for row in table.rows for cell in row)
