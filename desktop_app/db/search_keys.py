"""Prepared search text: any script, pinyin and initials, without diacritics.

A full-text trigram index finds nothing for two-character words, which most Chinese words are; a
folded key a record, searched by substring in memory, does.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from desktop_app.db.city_names import city_names

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"})

# Surnames read otherwise than the same character elsewhere (Xiandai Hanyu Cidian).
_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "任": "ren", "查": "zha", "区": "ou",
    "朴": "piao", "翟": "zhai", "盖": "ge", "覃": "qin", "乐": "yue", "缪": "miao", "冼": "xian",
    "员": "yun", "晁": "chao", "隗": "wei", "繁": "po", "褚": "chu", "召": "shao", "尉": "yu",
    "万": "wan", "华": "hua", "盛": "sheng", "薄": "bo", "宁": "ning", "洗": "xian",
}  # fmt: skip

# The columns whose text finds a record, by table.
SEARCHABLE: dict[str, tuple[str, ...]] = {
    "company": ("name", "name_zh", "city"),
    "contact": ("name", "name_zh", "email", "phone", "mobile"),
    "lead": ("title",),
    "member": ("name", "name_en"),
    "trip": ("title", "title_en"),
    "meeting": ("title", "city", "place"),
    "follow_up": ("title",),
    "event": ("name", "name_en", "city"),
    "case": ("title", "lead_department"),
    "dispatch_meeting": ("title", "place"),
    "approval": ("title", "document_number"),
    "squad": ("name", "name_en"),
}


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics: ``Mühl-Straße`` gives ``muhl-strasse``."""
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    marked = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in marked if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def key_of(*texts: str | None) -> str:
    """Return one folded search key of several texts: as written, umlauts spelled out, pinyin.

    Chinese text adds its full pinyin and its initials (``镇江`` gives ``zhenjiang`` and ``zj``);
    Latin names of several words add their initials.
    """
    parts: list[str] = []
    for text in texts:
        if not text:
            continue
        folded = fold(text)
        parts.append(folded)
        if text.isascii():
            initials = "".join(w[0] for w in folded.split())
            if len(initials) > 1:
                parts.append(initials)
            continue
        spelled = fold(text.casefold().translate(_UMLAUTS))
        if spelled != folded:
            parts.append(spelled)
        if any("\u3400" <= c <= "\u9fff" for c in text):
            parts.extend(_pinyin(text))
    return "\n".join(parts)


def record_key(table: str, values: Mapping[str, Any]) -> str:
    """Return the search key of a record by its columns; a city is found by both its names."""
    texts = [str(values[c]) if values.get(c) else None for c in SEARCHABLE[table]]
    city = values.get("city") if "city" in SEARCHABLE[table] else None
    if city:
        texts += [name for name in city_names(str(city)) if name != city]
    return key_of(*texts)


def _pinyin(text: str) -> list[str]:
    """Return the full pinyin and the initials of a Chinese text, also as a surname reads."""
    from pypinyin import lazy_pinyin

    syllables = [fold(s) for s in lazy_pinyin(text)]
    readings = [syllables]
    surname = _SURNAMES.get(text[0])
    if surname is not None and syllables[0] != surname:
        readings.append([surname, *syllables[1:]])
    found = []
    for reading in readings:
        found += ["".join(reading), "".join(s[0] for s in reading if s)]
    return found


def matches(key: str, query: str) -> bool:
    """Return whether every word of ``query`` stands somewhere in ``key``."""
    return all(word in key for word in fold(query).split())
