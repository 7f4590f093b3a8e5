"""Finds out the encoding and the delimiter of a text file of rows."""

import csv
import io
import re

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 40


def decode(data: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16, GB 18030 or Windows-1252, or None if it is none.

    Strict GB 18030 accepts most Western text too (``ür`` is one rare character in it), so that the
    two are told apart by how their high bytes stand: in pairs, or alone between letters.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    try:
        return _text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    for encoding in _legacy_encodings(data):
        try:
            return _text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    lenient = data.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") * 20 < len(lenient):
        return _text(lenient)
    return _text(data.decode("gb18030", errors="replace"))


def _text(text: str) -> str | None:
    """Return the text, or None when it is really binary data."""
    odd = sum(1 for c in text[:4096] if ord(c) < 32 and c not in "\t\n\r\f\v\x1b\x1a")
    return None if "\0" in text[:4096] or odd * 10 > len(text[:4096]) else text


def _legacy_encodings(data: bytes) -> tuple[str, ...]:
    """Return the older encodings to try, the likelier first."""
    runs = re.findall(rb"[\x80-\xff]+", data)
    paired = sum(len(r) for r in runs if len(r) % 2 == 0 and min(r) >= 0xA1)
    total = sum(map(len, runs))
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return ("cp1252",) if paired * 2 < total else ()
    common = sum(1 for c in chinese if "\u4e00" <= c <= "\u9fff" or c in "，。：；（）、“”")
    if paired * 2 >= total and common * 2 >= paired * 0.6:
        return ("gb18030", "cp1252")
    return ("cp1252", "gb18030")


def split_rows(text: str) -> list[list[str]]:
    """Return the rows of a delimited text, by the delimiter that cuts it most evenly."""
    delimiter = ""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint on the first line.
        delimiter, text = first.strip()[4], "\n" + rest
    delimiter = delimiter or _delimiter(text)
    return _parse(text, delimiter)


def _parse(text: str, delimiter: str) -> list[list[str]]:
    """Return all rows of a text; a quote that is never closed does not end the reading."""
    csv.field_size_limit(10_000_000)
    source = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    return list(csv.reader(source, delimiter=delimiter))


def _delimiter(text: str) -> str:
    """Return the delimiter with which most rows have the same, greatest number of cells."""
    sample = "\n".join(text[:60_000].splitlines()[:_SAMPLE_ROWS])
    best, best_score = ",", 0.0
    for candidate in _DELIMITERS:
        widths = [len(row) for row in _parse(sample, candidate) if any(row)]
        if not widths:
            continue
        common = max(set(widths), key=lambda w: (widths.count(w), w))
        score = (common - 1) * widths.count(common) / len(widths)
        if score > best_score:
            best, best_score = candidate, score
    return best
