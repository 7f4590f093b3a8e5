"""Reads contact cards (vCard 2.1, 3.0 and 4.0) into a table with fixed headings."""

import base64
import binascii
import quopri
import re

from desktop_app.exchange.company_names import has_chinese
from desktop_app.exchange.ledger_read import Cell, RawTable

# The table's columns are fields of the mapping themselves, so that nothing has to be guessed.
CARD_FIELDS = (
    "contact_name",
    "company",
    "contact_title",
    "email",
    "phone",
    "mobile",
    "address",
    "website",
    "notes",
)


def card_table(text: str, name: str) -> RawTable:
    """Return one row a card; row n of the table is the n-th card of the file."""
    rows: list[list[Cell]] = []
    for card in _cards(text):
        values = _card_values(card)
        rows.append([values.get(field) for field in CARD_FIELDS])
    return RawTable(name, rows, kind="vcard")


def _cards(text: str) -> list[list[str]]:
    """Return the lines of each card; a card that is never closed ends where the next begins."""
    cards: list[list[str]] = []
    current: list[str] | None = None
    for line in _unfold(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            current = []
            cards.append(current)
        elif word == "END:VCARD":
            current = None
        elif current is not None and line.strip():
            current.append(line)
    return cards


def _unfold(text: str) -> list[str]:
    """Return logical lines: folded ones joined, and soft line breaks of quoted-printable too."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        previous = lines[-1] if lines else ""
        if lines and previous.endswith("=") and _quoted(previous):
            lines[-1] = previous[:-1] + line
        elif lines and line[:1] in (" ", "\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def _quoted(line: str) -> bool:
    """Return whether a line's value is quoted-printable."""
    return "QUOTED-PRINTABLE" in line.split(":", 1)[0].upper()


def _card_values(lines: list[str]) -> dict[str, str]:
    """Return what one card says, by the field names of a mapping."""
    values: dict[str, str] = {}
    structured = ""
    for line in lines:
        head, colon, raw = line.partition(":")
        if not colon:
            continue
        name, *parameters = re.split(r";", head)
        name = name.split(".")[-1].upper()
        options = ";".join(parameters).upper()
        value = _decode(raw, options)
        if name == "N":
            structured = _name_of(value)
        elif name == "FN":
            _keep(values, "contact_name", _plain(value))
        elif name == "ORG":
            _keep(values, "company", _plain(_pieces(value)[0]))
        elif name in ("TITLE", "ROLE"):
            _keep(values, "contact_title", _plain(value))
        elif name == "EMAIL":
            _keep(values, "email", _plain(value))
        elif name == "TEL":
            field = "mobile" if "CELL" in options else "phone"
            _keep(values, field, _plain(value).removeprefix("tel:"))
        elif name == "ADR":
            _keep(values, "address", ", ".join(_plain(p) for p in _pieces(value) if p.strip()))
        elif name == "URL":
            _keep(values, "website", _plain(value))
        elif name == "NOTE":
            _keep(values, "notes", _plain(value))
    if structured:
        values.setdefault("contact_name", structured)
    return values


def _keep(values: dict[str, str], field: str, value: str) -> None:
    """Keep the first value of a field, and further numbers or addresses as notes."""
    if not value:
        return
    if field not in values:
        values[field] = value
    elif values[field] != value and field in ("email", "phone", "mobile", "notes"):
        values["notes"] = "\n".join(v for v in (values.get("notes"), value) if v)


def _decode(raw: str, options: str) -> str:
    """Return a value freed of its transfer encoding."""
    found = re.search(r"CHARSET=\"?([\w-]+)", options)
    charset = found.group(1) if found else "utf-8"
    try:
        if "QUOTED-PRINTABLE" in options:
            return quopri.decodestring(raw.encode("utf-8")).decode(charset)
        if "ENCODING=B" in options:
            return base64.b64decode(raw).decode(charset)
    except (UnicodeDecodeError, LookupError, binascii.Error):
        # Text that calls itself something else than it is: as much of it as can be read.
        return quopri.decodestring(raw.encode("utf-8")).decode("utf-8", errors="replace")
    return raw


def _pieces(value: str) -> list[str]:
    """Return the parts of a structured value, cut at semicolons that are not escaped."""
    return re.split(r"(?<!\\);", value)


def _plain(value: str) -> str:
    """Return a value without its escapes."""
    text = re.sub(r"\\[nN]", "\n", value)
    return re.sub(r"\\([,;:\\])", r"\1", text).strip()


def _name_of(value: str) -> str:
    """Return the name in its usual order from family; given; middle; prefix; suffix."""
    family, given, middle, *_ = [_plain(p) for p in _pieces(value)] + [""] * 3
    if has_chinese(family + given):
        return family + given
    return " ".join(p for p in (given, middle, family) if p)
