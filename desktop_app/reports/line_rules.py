"""Where a line of mixed Chinese and Latin text may end, and how close two signs stand.

Source: the W3C's Requirements for Chinese Text Layout (clreq), sections on line breaking,
punctuation width and mixed text.
"""

import re
import unicodedata
from functools import lru_cache

# Not at a line's start; not at its end.
NO_START = frozenset("，。、；：！？”’）》」』】〉〕］｝％‰℃°·…—～–‥々ー,.;:!?)]}>%²³×")
NO_END = frozenset("（《“‘「『【〈〔［｛￥£€$([{#№")
_PAIRS = frozenset("—…‥")

# Full-width signs with their ink in the left or in the right half.
_LEFT_INK = frozenset("，。、；：”’）》」』】〉〕］｝")
_RIGHT_INK = frozenset("“‘（《「『【〈〔［｛")
_OPENING_QUOTES = "“‘"
_CLOSING_QUOTES = "”’"

_HAN_SPACE = 0.125  # em between Chinese and Latin, as CSS text-autospace
_HALF = -0.5
# Chinese quotation marks stand in a full square; among Latin words they lose the empty part.
_QUOTE = -0.66

_CURRENCY = r"(?:CHF|EUR|USD|CNY|RMB|GBP|JPY|HKD|[€£¥￥$])"
_NUMBER = r"[−±第]?\d[\d.,:'’/–~～-]*\+?"
_LATIN_UNIT = (
    r"(?:km²|km|m²|m³|mm|cm|㎡|kg|tce|kWh|MWh|GWh|kW|MW|GW|°C|℃|ha|mu|min|bn|million|billion"
    r"|CHF|EUR|USD|CNY|RMB|%|Uhr|am|pm|m|t|h|s|k)(?:/(?:min|mu|m²|m³|h|a|d|s|t))?(?![A-Za-z])"
)
_HAN_UNIT = (
    r"(?:[百千万亿]+[余多]?)?(?:人民币|美元|欧元|瑞士法郎|法郎|英镑|日元|港元|平方米|平方公里|公里"
    r"|千米|吨标准煤|吨标煤|公顷|个工作日|工作日|个月|小时|分钟|[米吨亩元年月日号天周个人家项场次台套条页岁分秒条章款页"
    r"度倍成点名位国城期届楼层室])?"
)
_UNBREAKABLE = re.compile(
    rf"{_CURRENCY}[ \u00a0]?{_NUMBER}(?:[ \u00a0]?(?:bn|million|m|k)(?![A-Za-z]))?"
    rf"|{_NUMBER}[ \u00a0]?{_LATIN_UNIT}|{_NUMBER} ?{_HAN_UNIT}"
)


@lru_cache(maxsize=8192)
def is_han(char: str) -> bool:
    """Say whether a character is a Chinese character or a kana."""
    code = ord(char)
    return (
        0x2E80 <= code < 0x3000
        or 0x3005 <= code <= 0x3007
        or 0x3040 <= code < 0xA000
        or 0xF900 <= code < 0xFB00
        or code >= 0x20000
    )


@lru_cache(maxsize=8192)
def is_latin(char: str) -> bool:
    """Say whether a character belongs to a Latin, Greek or Cyrillic word or to a number."""
    return ord(char) < 0x2000 and (char.isalnum() or unicodedata.category(char) == "Mn")


@lru_cache(maxsize=8192)
def _in_word(char: str) -> bool:
    """Say whether a character may stand inside a word, number or address."""
    return is_latin(char) or char in "'’.,:/@%_+&-–=?#~°·²³\u00a0\u2011"


def has_han(text: str) -> bool:
    """Say whether a text has any Chinese character, and so is set by Chinese rules."""
    return any(is_han(char) for char in text)


@lru_cache(maxsize=65536)
def gap(before: str, char: str, chinese: bool) -> float:
    """Return the space in em to add before ``char`` when it follows ``before`` on a line.

    ``before`` is empty at a line's start. Negative where two full-width signs share their halves.
    """
    space = 0.0
    if not chinese:
        if before in _CLOSING_QUOTES and before:
            space += _QUOTE
        if char in _OPENING_QUOTES:
            space += _QUOTE
    elif not before:
        # An opening sign at a line's start loses its empty half, so that the edge looks straight.
        return _HALF if char in _RIGHT_INK else 0.0
    elif before == "’" and is_latin(char):  # an apostrophe: d’Angelo
        space = _QUOTE
    elif (is_han(before) and is_latin(char)) or (
        (is_latin(before) or before in "%²³+") and is_han(char)
    ):
        space = _HAN_SPACE
    elif (before in _LEFT_INK and (char in _LEFT_INK or char in _RIGHT_INK)) or (
        before in _RIGHT_INK and char in _RIGHT_INK
    ):
        space = _HALF
    return space


def end_slack(char: str) -> float:
    """Return how much of a sign's width, in em, may stick out of the line's end unseen."""
    return -_HALF if char in _LEFT_INK else 0.0


def break_points(text: str) -> list[bool]:
    """Return for each index whether a line may begin there (never at 0)."""
    size = len(text)
    allowed = [False] * size
    for index in range(1, size):
        allowed[index] = _may_break(text, index)
    for match in _UNBREAKABLE.finditer(text):
        for index in range(match.start() + 1, match.end()):
            allowed[index] = False
    return allowed


def _may_break(text: str, index: int) -> bool:
    """Say whether the line may end before ``text[index]``, numbers with units set aside."""
    before, char = text[index - 1], text[index]
    if before == "\n":
        return True
    if char in NO_START or char in " \n" or before in NO_END:
        # A space hangs at the end of its line; the break comes after it.
        return False
    if before == " ":
        # A sign forbidden at an end or start keeps the word beyond the space.
        left = text[:index].rstrip(" ")
        return not left or left[-1] not in NO_END
    if before == char and char in _PAIRS:
        return False
    if _in_word(before) and _in_word(char):
        # A compound may part after its hyphen, an address after its slash.
        return (
            before in "-–/"
            and index > 2
            and text[index - 2].isalpha()
            and char.isalpha()
            and not text[index - 2].isupper()
        )
    return "\u00a0" not in (before, char)
