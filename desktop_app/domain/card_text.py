"""A person as a short vCard: what a QR code can hold and a phone's address book takes."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

# Chinese family names of two characters; all others have one.
_COMPOUND = frozenset(
    """欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政
    濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 呼延 第五""".split()
)
_PREFIXES = re.compile(
    r"^((?:(?:Dr|Prof|Mag|Ing|Dipl|Dott|Avv|Herr|Frau|Mr|Mrs|Ms|Sig)\.?(?:-Ing\.?)?\s+)+)(?=\S)"
)
# A family name may begin with one of these small words.
_PARTICLES = frozenset("von van de der den di da del della dalla zu zum zur le la".split())


class NameParts(NamedTuple):
    """A person's name as address books sort it."""

    family: str
    given: str
    prefix: str = ""


def name_parts(name: str) -> NameParts:
    """Return family and given name of a name as people write it, Chinese or Western."""
    text = " ".join(name.split())
    if re.fullmatch(r"[\u3400-\u9fff]{2,4}", text):
        cut = 2 if text[:2] in _COMPOUND and len(text) > 2 else 1
        return NameParts(text[:cut], text[cut:])
    found = _PREFIXES.match(text)
    prefix = found.group(1).strip() if found else ""
    words = text[found.end() :].split() if found else text.split()
    if len(words) < 2:
        return NameParts(" ".join(words), "", prefix)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return NameParts(" ".join(words[cut:]), " ".join(words[:cut]), prefix)


def escaped(text: str) -> str:
    """Return a text as a vCard value holds it."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def card_text(contact: Mapping[str, Any], company: Mapping[str, Any] | None = None) -> str:
    """Return a contact as a short vCard 3.0: name, company, title, numbers, address for mail.

    Lines are not folded, as readers of QR codes stumble over that.

    Args:
        contact: the contact's columns.
        company: the company's columns, if there is one.
    """
    name = str(contact.get("name") or contact.get("name_zh") or contact.get("email") or "")
    parts = name_parts(name)
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    lines.append(f"N:{escaped(parts.family)};{escaped(parts.given)};;{escaped(parts.prefix)};")
    lines.append(f"FN:{escaped(name)}")
    firm = (company or {}).get("name") or (company or {}).get("name_zh")
    for head, value in (
        ("ORG", firm),
        ("TITLE", contact.get("title")),
        ("TEL;TYPE=CELL", contact.get("mobile")),
        ("TEL;TYPE=WORK,VOICE", contact.get("phone")),
        ("EMAIL", contact.get("email")),
    ):
        if value:
            lines.append(f"{head}:{escaped(str(value))}")
    return "\r\n".join([*lines, "END:VCARD", ""])
