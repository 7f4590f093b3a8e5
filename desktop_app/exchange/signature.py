"""A person from a signature, an e-mail, a chat or the lines of a business card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.company_names import has_chinese
from desktop_app.exchange.parse_text import narrow, parse_email, parse_phones

_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?<![@\w.])(?:https?://)?(?:www\.[\w-]+(?:\.[\w-]+)+)(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s()/.\-–]{6,}\d")
_MOBILE = re.compile(
    r"\b(?:m|mob|mobile|cell|natel|handy|cellulare|cell\.)\b|手机|移动", re.IGNORECASE
)
_FAX = re.compile(r"\bfax\b|传真|\bF[:.]", re.IGNORECASE)
_WECHAT = re.compile(r"(?:wechat|weixin|微信)[号:：\s]*([A-Za-z][\w-]{3,})", re.IGNORECASE)
# Legal forms in the languages of the trips and at home.
_FORM = re.compile(
    r"\b(?:AG|GmbH|KG|SE|SA|S\.A\.|Sàrl|Sagl|S\.p\.A\.|SpA|S\.r\.l\.|Srl|S\.n\.c\.|e\.V\.|Ltd|LLC|Inc|"
    r"Corp|Co\.|PLC|B\.V\.|SAS)(?=\W|$)|有限公司|有限责任公司|集团|股份公司|管委会|商会|银行|事务所"
)
_TITLES = re.compile(
    r"\b(?:CEO|CFO|CTO|COO|CIO|VP|president|director|manager|head of|chief|engineer|sales|partner|"
    r"assistant|chairman|owner|founder|consultant|officer|leiter(?:in)?|geschäftsführer(?:in)?|"
    r"direktor(?:in)?|vorstand|prokurist(?:in)?|vertrieb|einkauf|inhaber(?:in)?|direttore|direttrice|"
    r"responsabile|amministratore|titolare|presidente|ingegnere|directeur|directrice|responsable)\b|"
    r"总经理|总裁|经理|总监|主任|董事长|董事|工程师|部长|处长|科长|局长|主管|助理|秘书|顾问|代表",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:str\.|strasse|straße|gasse|weg|platz|allee|\bvia\b|\bviale\b|\bpiazza\b|\bcorso\b|\brue\b|"
    r"\bstreet\b|\broad\b|\bavenue\b|路|街|大道|号楼|工业园|开发区)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?:\b(?:CH|D|I|DE|IT|F)[-\s])?\b\d{4,6}\s+[A-ZÄÖÜ][\w\-äöüéèà]+")
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Dipl|Ing|Dott|Mag|Herr|Frau|Mr|Mrs|Ms|Sig)\.?(?:-Ing\.?)?\s+)*"
    r"[A-ZÄÖÜÉÈŠŽŁ][\w'’äöüéèàçšžłő-]+(?:\s+(?:von|van|de|di|del|della|zu|zur|la)?\s?"
    r"[A-ZÄÖÜÉÈŠŽŁ][\w'’.äöüéèàçšžłő-]*){1,3}"
)
_ZH_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LABEL = re.compile(
    r"^\s*(?:姓名|公司|企业|单位|职务|职位|电话|手机|邮箱|地址|网址|name|company|firma|title|address|adresse|"
    r"phone|tel|email|e-mail|web)\s*[:：]\s*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:kind|best|warm)?\s*regards|^sincerely|^mit freundlichen|^freundliche gr|^beste gr|"
    r"^cordiali|^distinti|^此致|^祝好|^顺祝|^敬礼|^thanks|^thank you|^dear |^hi |^hello|"
    r"^sent from",
    re.IGNORECASE,
)


@dataclass
class Person:
    """What a text says of a person; ``rest`` are the lines that none of it was read from."""

    name: str = ""
    name_zh: str = ""
    title: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    wechat: str = ""
    website: str = ""
    address: str = ""
    rest: list[str] = field(default_factory=list)

    def is_somebody(self) -> bool:
        """Say whether there is enough to keep: a way to reach a named person or firm."""
        named = bool(self.name or self.name_zh or self.company)
        return named and bool(self.email or self.phone or self.mobile or self.wechat)


def read_person(text: str) -> Person:
    """Return the person a text tells of; what is not sure stays empty.

    An e-mail's greeting and the text before it are left in ``rest``.
    """
    person = Person()
    # An ideographic space or full-width signs must not hide a number.
    lines = [line for raw in text.splitlines() if (line := " ".join(narrow(raw).split()))]
    after = max((n + 1 for n, line in enumerate(lines) if _closing(line)), default=0)
    person.rest += lines[:after]
    left = [line for line in lines[after:] if not _take_contacts(person, line)]
    left = [rest for line in left if (rest := _take_named(person, _LABEL.sub("", line)))]
    person.rest += _take_name(person, left)
    return person


def _closing(line: str) -> bool:
    """Say whether a line closes a letter: what follows is its signature."""
    return bool(_GREETING.match(line)) and not re.match(
        r"^(?:dear|hi|hello)\b", line, re.IGNORECASE
    )


def _take_contacts(person: Person, line: str) -> bool:
    """Take addresses and numbers out of a line; say whether nothing else stood in it."""
    rest = line
    if wechat := _WECHAT.search(rest):
        person.wechat = person.wechat or wechat[1]
        rest = rest.replace(wechat[0], " ")
    for mail in _MAIL.findall(rest):
        found = parse_email(mail.replace(" ", ""))
        person.email = person.email or found or ""
        rest = rest.replace(mail, " ")
    if web := _WEB.search(rest):
        person.website = person.website or web[0]
        rest = rest.replace(web[0], " ")
    rest = _take_phones(person, rest)
    return rest != line and not re.search(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{3,}", _unlabelled(rest))


def _take_phones(person: Person, line: str) -> str:
    rest = line
    for match in _PHONE.finditer(line):
        before = line[: match.start()].rsplit("|", 1)[-1][-12:]
        numbers = parse_phones(match[0], None)
        if not numbers or _POSTCODE.match(match[0]):
            continue
        rest = rest.replace(match[0], " ")
        digits = re.sub(r"\D", "", match[0])
        if _FAX.search(before):
            continue
        chinese_mobile = re.fullmatch(r"(?:0?0?86)?1[3-9]\d{9}", digits) is not None
        if _MOBILE.search(before) or chinese_mobile:
            person.mobile = person.mobile or numbers[0]
        else:
            person.phone = person.phone or numbers[0]
    return rest


def _unlabelled(text: str) -> str:
    """Return a text without the words that announce a number."""
    words = r"tel|phone|telefon|telefono|mobile|mob|mobil|fax|direct|office|email|mail|web|wechat"
    return re.sub(
        rf"\b(?:{words})\b\.?|电话|手机|传真|邮箱|网址|微信|座机", " ", text, flags=re.IGNORECASE
    )


def _take_named(person: Person, line: str) -> str:
    """Take a firm, a title or an address; return what is left of the line."""
    if _FORM.search(line) and not person.company:
        person.company = line.strip(" ,|·")
        return ""
    if _STREET.search(line) or _POSTCODE.search(line):
        person.address = ", ".join(part for part in (person.address, line.strip(" ,|·")) if part)
        return ""
    if (title := _TITLES.search(line)) and not person.title:
        # 王敏 总经理 | Anna Keller, Head of Sales
        head = re.split(r"[,|·/]\s*", line, maxsplit=1)
        if len(head) == 2 and not _TITLES.search(head[0]):
            person.title = head[1].strip()
            return head[0].strip()
        if has_chinese(line) and title.start() > 1:
            person.title = line[line.rfind(" ", 0, title.start()) + 1 :].strip()
            return line.removesuffix(person.title).strip()
        person.title = line.strip()
        return ""
    return line


def _take_name(person: Person, lines: Sequence[str]) -> list[str]:
    """Take the name from what is left, in Chinese and in letters; return the other lines."""
    rest = []
    for line in lines:
        words = line.strip(" ,|·")
        if not person.name_zh and _ZH_NAME.fullmatch(words.replace(" ", "")):
            person.name_zh = words.replace(" ", "")
        elif not person.name and _NAME.fullmatch(words):
            person.name = words
        elif not person.name and not person.name_zh and (both := _both_names(words)):
            person.name_zh, person.name = both
        else:
            rest.append(line)
    return rest


def _both_names(line: str) -> tuple[str, str] | None:
    """Return the names of a line such as 王敏 Wang Min."""
    match = re.fullmatch(rf"({_ZH_NAME.pattern})\s*[(（]?\s*({_NAME.pattern})\s*[)）]?", line)
    return (match[1], match[2]) if match else None
