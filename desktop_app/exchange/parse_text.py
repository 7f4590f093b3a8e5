"""Cleans cells: their text without control characters, numbers, phones and addresses of sites."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from desktop_app.exchange.ledger_read import Cell

# What people write for "nothing here"; it is no information and is not kept.
_BLANKS = frozenset(("", "/", "\\", "-", "--", "—", "——", "–", "_", "*", "无", "n/a", "na", "#n/a"))
# What people write for "not known yet": kept in the notes, as somebody once thought of it.
UNDECIDED = frozenset(
    """待定 未定 待确定 待明确 待议 面议 待洽谈 洽谈中 保密 不详 未知 近期 暂无 待补充 tbd tba tbc
    offen k.a. unbekannt unklar unknown pending open confidential vertraulich noch offen""".split()
)
_SPACES = re.compile(r"[^\S\n]+")


def cell_text(cell: Cell) -> str:
    """Return a cell as one would read it, line breaks and tabs kept, control characters gone."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, str):
        return _clean(cell) if not cell.isprintable() or cell != cell.strip() else cell
    return str(cell)


def _clean(text: str) -> str:
    """Return text without characters that neither a database nor paper can show."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).replace("\u00a0", " ").replace("\ufeff", "").strip()


def one_line(cell: Cell) -> str:
    """Return a cell's text as a single line with single spaces."""
    return _SPACES.sub(" ", cell_text(cell).replace("\n", " ")).strip()


def is_blank(text: str) -> bool:
    """Return whether a text only marks that nothing is known."""
    return text.strip().lower() in _BLANKS


def narrow(text: str) -> str:
    """Return text with full-width digits, letters and signs as their common forms."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def parse_whole(cell: Cell) -> int | None:
    """Return a whole number such as ``1,200人`` or None."""
    number = parse_decimal(cell)
    return None if number is None or abs(number) > 10**12 else int(number)


def parse_decimal(cell: Cell) -> Decimal | None:
    """Return the number a cell begins with, its thousands signs and unit left aside."""
    if isinstance(cell, bool | dt.date):
        return None
    text = narrow(cell_text(cell)).replace("约", "").replace("ca.", "").strip()
    found = re.match(r"[><≥≤~+]*\s*(-?\d[\d,.' ]*)", text)
    return None if found is None else read_number(found.group(1), decimal_comma=False)


def read_number(text: str, *, decimal_comma: bool) -> Decimal | None:
    """Return the value of digits with thousands signs and a decimal point or comma.

    Args:
        text: digits with ``,`` ``.`` ``'`` or spaces between them.
        decimal_comma: whether a lone comma before three digits is a decimal comma.
    """
    digits = re.sub(r"['’\s]", "", text).rstrip(".,")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if point > comma else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif comma >= 0:
        grouped = re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", digits) is not None
        is_thousands = grouped and (digits.count(",") > 1 or not decimal_comma)
        digits = digits.replace(",", "" if is_thousands else ".")
    elif point >= 0:
        grouped = re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", digits) is not None
        if grouped and (digits.count(".") > 1 or decimal_comma):
            digits = digits.replace(".", "")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


_MOBILE_CN = re.compile(r"1[3-9]\d{9}")
_PHONE_CUT = re.compile(r"\s*(?:[;；、/\n]|,\s|，|\bor\b|或|转|\bext)\s*", re.IGNORECASE)


def parse_phones(text: str, country: str | None) -> list[str]:
    """Return the phone numbers of a cell as E.164, the first being the one to ring.

    A bare Chinese mobile number is Chinese whatever country the company is in: it is the
    colleague's or the local agent's.
    """
    numbers: list[str] = []
    for part in _PHONE_CUT.split(narrow(text)):
        # Beside a Chinese number stand other Chinese numbers.
        local = "CN" if any(n.startswith("+86") for n in numbers) else country
        number = _phone(part.strip(), local)
        if number is not None and number not in numbers:
            numbers.append(number)
    return numbers


@lru_cache(maxsize=8192)
def _phone(text: str, country: str | None) -> str | None:
    """Return one number as E.164 or None."""
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        is_valid_number,
        parse,
    )

    digits = re.sub(r"\D", "", text)
    if len(digits) < 5:
        return None
    if _MOBILE_CN.fullmatch(digits) and not text.startswith(("+", "00")):
        return "+86" + digits
    international = "+" + text[2:] if text.startswith("00") else text
    for region in (country, "CN"):
        try:
            number = parse(international, region)
        except NumberParseException:
            continue
        good = is_possible_number if international.startswith("+") else is_valid_number
        if good(number):
            return format_number(number, PhoneNumberFormat.E164)
    return None


_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def parse_email(text: str) -> str | None:
    """Return the first e-mail address in a text."""
    found = _EMAIL.search(narrow(text))
    return None if found is None else found.group()


def split_names(text: str) -> list[str]:
    """Return the people named in a cell such as ``张伟、李明``."""
    if re.fullmatch(r"[\u3400-\u9fff]{2,4}(\s+[\u3400-\u9fff]{2,4})+", text.strip()):
        return text.split()
    parts = re.split(r"[、，,;；/\n&]|\s和\s|\bund\b|\band\b", text)
    return [p.strip() for p in parts if p.strip()]
