"""Reads contact cards (vCard 2.1, 3.0 and 4.0) into a table with fixed headings."""

import base64
import binascii
import quopri
import re

from desktop_app.exchange.company_names import has_chinese
from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.own_columns import SHEETS

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

# What our own cards hold, by the lines in which they hold it; phones leave out what they don't
# know, and show the rest.
OWN_CELLS = {
    "X-INVESTDESK-NAME": "contact.name",
    "X-INVESTDESK-NAME-ZH": "contact.name_zh",
    "TITLE": "contact.title",
    "X-INVESTDESK-DECISION-ROLE": "contact.decision_role",
    "EMAIL;TYPE=INTERNET,WORK": "contact.email",
    "TEL;TYPE=WORK,VOICE": "contact.phone",
    "TEL;TYPE=CELL,VOICE": "contact.mobile",
    "X-WECHAT": "contact.wechat",
    "X-INVESTDESK-LANGUAGES": "contact.languages",
    "ADR;TYPE=WORK": "contact.address",
    "NOTE": "contact.notes",
    "X-INVESTDESK-COMPANY": "company.name",
    "X-INVESTDESK-COMPANY-ZH": "company.name_zh",
    "UID": "contact.key",
    "X-INVESTDESK-COMPANY-UID": "contact.company_key",
}
OWN_UID = "@invest-desk"
PRODUCT = "-//Invest Desk//Contacts//EN"
_OWN_CARD = f"PRODID:{PRODUCT}"


def card_table(text: str, name: str) -> RawTable:
    """Return one row a card; row n of the table is the n-th card of the file."""
    rows: list[list[Cell]] = []
    cards = _cards(text)
    if cards and all(_OWN_CARD in card for card in cards):
        return _own_table(cards, name)
    for card in cards:
        values = _card_values(card)
        rows.append([values.get(field) for field in CARD_FIELDS])
    return RawTable(name, rows, kind="vcard")


def _own_table(cards: list[list[str]], name: str) -> RawTable:
    """Return our own cards as the sheet of contacts that they are."""
    columns = SHEETS["contacts"]
    rows: list[list[Cell]] = [[column.heading("zh") for column in columns]]
    for card in cards:
        values: dict[str, str] = {}
        for line in card:
            head, _, raw = line.partition(":")
            cell = OWN_CELLS.get(head.upper())
            if cell == "contact.address":
                values[cell] = _plain((_pieces(raw) + [""] * 3)[2])
            elif cell is not None:
                values[cell] = _plain(raw).removesuffix(OWN_UID)
        rows.append([values.get(f"{c.record}.{c.name}") or None for c in columns])
    return RawTable(name, rows)


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
    # An escaped backslash may stand before a semicolon that cuts.
    return ["".join(part) for part in _cut(re.findall(r"\\.|[^\\]|\\$", value, re.DOTALL))]


def _cut(signs: list[str]) -> list[list[str]]:
    """Return signs in parts between bare semicolons."""
    parts: list[list[str]] = [[]]
    for sign in signs:
        if sign == ";":
            parts.append([])
        else:
            parts[-1].append(sign)
    return parts


def _plain(value: str) -> str:
    """Return a value without its escapes."""

    def sign(found: re.Match[str]) -> str:
        escaped = found.group(1)
        if escaped in "nN":
            return "\n"
        return escaped if escaped in ",;:\\" else found.group()

    return re.sub(r"\\(.)", sign, value, flags=re.DOTALL).strip()


def _name_of(value: str) -> str:
    """Return the name in its usual order from family; given; middle; prefix; suffix."""
    family, given, middle, *_ = [_plain(p) for p in _pieces(value)] + [""] * 3
    if has_chinese(family + given):
        return family + given
    return " ".join(p for p in (given, middle, family) if p)
