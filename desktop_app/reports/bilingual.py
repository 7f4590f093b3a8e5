"""Words in Chinese, in English, or in both at once.

A text in both languages is one string that marks where each language's words stand, so that it may
be joined, filled into sentences and put into tables like any other; the layout sets its halves.
Every word of a report comes through here.
"""

import itertools
import re
from collections.abc import Callable

from desktop_app import i18n
from desktop_app.domain import money

BOTH = "both"
LANGUAGES = (*i18n.LANGUAGES, BOTH)

# Controls that no record's text holds on paper: ``clean`` drops them.
_OPEN, _TURN, _CLOSE = "\x1c", "\x1f", "\x1d"
_MARKS = dict.fromkeys(map(ord, _OPEN + _TURN + _CLOSE))
_PAIR = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_TURN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def pair(zh: object, en: object) -> str:
    """Return one text of two; the one that there is where the other is empty or the same."""
    first, second = str(zh or ""), str(en or "")
    if not first or not second or first == second:
        return first or second
    return f"{_OPEN}{half(first, 'zh')}{_TURN}{half(second, 'en')}{_CLOSE}"


def pick(lang: str, zh: object, en: object) -> str:
    """Return the text of a language, the other where it has none, a pair where both are wanted."""
    if lang == BOTH:
        return pair(zh, en)
    return str((zh or en or "") if lang == "zh" else (en or zh or ""))


def each(lang: str, make: Callable[[str], str]) -> str:
    """Return what ``make`` returns for a language, as a pair where both are asked for."""
    return pair(make("zh"), make("en")) if lang == BOTH else make(lang)


def is_pair(text: str) -> bool:
    """Say whether a text holds both languages."""
    return _TURN in text


def half(text: str, lang: str) -> str:
    """Return a text with only one language's words of it."""
    if _TURN not in text:
        return text
    return _PAIR.sub(r"\1" if lang == "zh" else r"\2", text)


def halves(text: str) -> tuple[str, str]:
    """Return a text in Chinese and in English."""
    return half(text, "zh"), half(text, "en")


def in_line(text: str, between: str = " ") -> str:
    """Return a text of both languages as one line, each pair of words side by side."""
    if _TURN not in text:
        return text
    # A pair that was cut leaves a mark, which nothing may take for a whole one.
    return _PAIR.sub(lambda found: _beside(found, between), text).translate(_MARKS)


def _beside(found: re.Match[str], between: str) -> str:
    """Return the halves of a pair side by side; of mere punctuation only the Chinese."""
    zh, en = found.groups()
    return f"{zh}{between}{en}" if any(char.isalnum() for char in zh + en) else zh


def outside(text: str) -> str:
    """Return what stands in a text outside its pairs: the same words in both languages."""
    return _PAIR.sub("", text)


def factored(text: str) -> str:
    """Return a text of both languages with the name that ends both of them said only once.

    ``住宿：Hotel Isartor`` and ``Night: Hotel Isartor`` become ``住宿：``/``Night:`` and the name.
    """
    zh, en = halves(text)
    backwards = zip(reversed(zh), reversed(en), strict=False)
    size = sum(1 for _ in itertools.takewhile(lambda signs: signs[0] == signs[1], backwards))
    # Not from within a word: neither half's rest may end in the word that the name begins with.
    while size and _inside_word(en, len(en) - size):
        size -= 1
    shared = zh[len(zh) - size :].strip()
    if sum(char.isalnum() for char in shared) < 4 or size in (len(zh), len(en)):
        return text
    return f"{pair(zh[: len(zh) - size].rstrip(), en[: len(en) - size].rstrip())} {shared}"


def _inside_word(text: str, index: int) -> bool:
    """Say whether a cut before ``text[index]`` would part a word."""
    return 0 < index < len(text) and text[index - 1].isalnum() and text[index].isalnum()


def t(key: str, lang: str, **values: object) -> str:
    """Return the text of a key, filled in; values may hold both languages themselves."""
    if lang != BOTH:
        return i18n.t(key, lang, **values)
    return pair(
        i18n.t(key, "zh", **{k: _half_of(v, "zh") for k, v in values.items()}),
        i18n.t(key, "en", **{k: _half_of(v, "en") for k, v in values.items()}),
    )


def _half_of(value: object, lang: str) -> object:
    """Return a value for the words of one language."""
    return half(value, lang) if isinstance(value, str) else value


def word(concept: str, code: str | None, lang: str) -> str:
    """Return the label of a code."""
    return each(lang, lambda one: i18n.word(concept, code, one))


def format_money(minor: int | None, currency: str | None, lang: str) -> str:
    """Return an amount as each language writes it."""
    return each(lang, lambda one: money.format_money(minor, currency, one))
