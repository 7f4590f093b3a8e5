"""Compares company names: legal forms set aside, Ü the same as UE and U, ß as ss."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Wordings of one legal form by its class; a row that names none may be any of them. They stand
# longest first, as GmbH & Co. KG is another company than GmbH.
_FORMS: tuple[tuple[str, str], ...] = (
    ("gmbh & co. kgaa", r"gmbh\s*(?:&|und|u\.)\s*co\.?\s*kgaa"),
    ("gmbh & co. kg", r"(?:gmbh|ag|se|ug)\s*(?:&|und|u\.|\+)\s*co\.?\s*(?:kg|ohg)"),
    (
        "gmbh",
        r"g\.?\s?m\.?\s?b\.?\s?h\.?|gesellschaft mit beschr(?:ae|a)nkter haftung|sagl|g\.m\.b\.h",
    ),
    ("holding ag", r"holding ag|holding sa|holding gmbh|holding s\.?p\.?a\.?|holding se"),
    ("ag", r"ag|aktiengesellschaft|a\.g\."),
    ("se", r"se|societas europaea"),
    ("kg", r"kg|kommanditgesellschaft"),
    ("kgaa", r"kgaa"),
    ("ohg", r"ohg"),
    ("ug", r"ug(?: haftungsbeschr(?:ae|a)nkt)?"),
    ("ek", r"e\.\s?k\.|e\.\s?kfm\."),
    ("srl", r"s\.?\s?r\.?\s?l\.?|societa a responsabilita limitata|s(?:arl|\.a\.r\.l\.?)"),
    ("spa", r"s\.?\s?p\.?\s?a\.?|societa per azioni"),
    ("sas", r"s\.?a\.?s\.?u?|soci(?:e)te par actions simplifiee"),
    ("sa", r"s\.?\s?a\.?|soci(?:e)te anonyme"),
    ("ltd", r"(?:co\.?,?\s*)?(?:ltd\.?|limited)|company limited|pte\.?\s*ltd\.?"),
    ("inc", r"inc\.?|incorporated|corp\.?|corporation"),
    ("llc", r"l\.?l\.?c\.?"),
    ("plc", r"p\.?l\.?c\.?"),
    ("bv", r"b\.?\s?v\.?"),
    ("nv", r"n\.?\s?v\.?"),
    ("ab", r"ab"),
    ("as", r"a/s|aps|as"),
    ("oy", r"oyj?"),
    ("sro", r"s\.?\s?r\.?\s?o\.?|spol\. s r\.o\."),
    ("spzoo", r"sp\.?\s?z\s?o\.?\s?o\.?"),
    ("kft", r"kft\.?|zrt\.?"),
    ("kk", r"k\.\s?k\."),
)
_FORM_AT_END = tuple(
    (name, re.compile(rf"(?:^|[\s,.\-]+)(?:{pattern})$")) for name, pattern in _FORMS
)
_CHINESE_FORMS: tuple[tuple[str, str], ...] = (
    ("cn-joint-stock", "股份有限公司"),
    ("cn-ltd", "有限责任公司"),
    ("cn-ltd", "有限公司"),
    ("cn-partners", "有限合伙"),
    ("cn-group", "集团公司"),
    ("", "公司"),
)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


@dataclass(frozen=True)
class CompanyName:
    """A company's name as it is compared.

    Args:
        keys: the name without its legal form, once with ü as u and once as ue; empty when the
            name has no letter to go by.
        form: the class of its legal form, or an empty text.
        chinese: whether it is written in Chinese characters.
    """

    keys: tuple[str, ...]
    form: str
    chinese: bool

    def same_form(self, other: "CompanyName") -> bool:
        """Return whether the two legal forms do not speak against one company."""
        return not self.form or not other.form or self.form == other.form


def _fold(text: str) -> str:
    """Return lower-case text without diacritics."""
    marked = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in marked if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def read_name(text: str | None) -> CompanyName:
    """Return a name as it is compared with others."""
    lower = unicodedata.normalize("NFKC", text or "").lower()
    lower = re.sub(r"[\s\u3000]+", " ", lower).strip(" .,;，。")
    if has_chinese(lower):
        return _chinese_name(lower)
    keys = []
    form = ""
    for spelling in (lower, lower.translate(_SPELLED)):
        stem, form = _without_form(_fold(spelling))
        key = re.sub(r"[^\w]+", "", stem)
        if key and key not in keys:
            keys.append(key)
    return CompanyName(tuple(keys), form, chinese=False)


def _chinese_name(lower: str) -> CompanyName:
    """Return a Chinese name as it is compared; brackets as in 博世（中国） count as text."""
    plain = re.sub(r"[^\w]+", "", _fold(lower))
    for form, ending in _CHINESE_FORMS:
        if plain.endswith(ending) and len(plain) > len(ending):
            return CompanyName((plain.removesuffix(ending),), form, chinese=True)
    return CompanyName((plain,) if plain else (), "", chinese=True)


def _without_form(name: str) -> tuple[str, str]:
    """Return a folded name without the legal form it ends with, and that form's class."""
    trimmed = name.rstrip(" .,;")
    for form, pattern in _FORM_AT_END:
        found = pattern.search(name) or pattern.search(trimmed)
        if found is not None and found.start() > 0:
            return name[: found.start()].rstrip(" ,.-&"), form
    return name, ""


def has_chinese(text: str) -> bool:
    """Say whether a text has a Chinese character in it."""
    return re.search(r"[\u3400-\u9fff]", text) is not None


def split_scripts(text: str) -> tuple[str, str]:
    """Return the Latin and the Chinese part of a cell such as ``都灵 Torino``.

    A part that the cell has not is an empty text; a Chinese name with Latin letters in it, such
    as ``ABB电气有限公司``, is one name and stays whole.
    """
    if not has_chinese(text):
        return text, ""
    for pattern in (
        r"^([^\u3400-\u9fff]*[A-Za-z\u00c0-\u024f]{2}[^\u3400-\u9fff]*?)\s*[（(/\s|｜、]\s*"
        r"([\u3400-\u9fff][^A-Za-z]*?)\s*[)）]?$",
        r"^(?P<zh>[\u3400-\u9fff][^A-Za-z]*?)\s*[（(/\s|｜、]\s*"
        r"(?P<la>[A-Za-z\u00c0-\u024f][^\u3400-\u9fff]+?)\s*[)）]?$",
    ):
        found = re.match(pattern, text.strip(), re.DOTALL)
        if found is not None:
            named = found.groupdict()
            latin = named.get("la") or found.group(1)
            chinese = named.get("zh") or found.group(2)
            return latin.strip(" （(/|、"), chinese.strip(" （(/|、")
    halves = text.split()
    if len(halves) == 2 and halves[0] == halves[1]:
        return "", halves[0]
    return "", text
