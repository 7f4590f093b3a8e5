"""Reads words of the trade: stages, states, sources, chains and countries, as codes."""

import re
from collections.abc import Callable
from functools import lru_cache

from desktop_app.exchange import ledger_words
from desktop_app.exchange.parse_text import narrow

_Phrases = list[tuple[str, str]]


def _phrases(table: dict[str, str]) -> _Phrases:
    """Return (wording, code) of a table of wordings by code, the longer wordings first."""
    pairs = {(str(code).lower().replace("_", " "), str(code)) for code in table}
    for code, words in table.items():
        pairs.update((" ".join(w.split()), str(code)) for w in words.split(","))
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


_STAGES = _phrases(ledger_words.STAGES)
_STATUSES = _phrases(ledger_words.STATUSES)
_SOURCES = _phrases(ledger_words.SOURCES)
_CHAINS = _phrases(ledger_words.CHAINS)
_COUNTRIES = _phrases(ledger_words.COUNTRIES)

# A stage that is told to lie ahead, or not to have been reached, is not the stage reached.
_NOT_YET = re.compile(r"^(?:未|尚未|不|非|not |nicht |kein)")


def _plain(text: str) -> str:
    """Return a text as wordings are compared: narrow, lower case, with single spaces."""
    return re.sub(r"\s+", " ", narrow(text).lower().replace("_", " ")).strip(" .:;,、。")


def _find(text: str, phrases: _Phrases) -> str | None:
    """Return the code of the longest wording in a text; a Latin one begins at a word's start."""
    plain = _plain(text)
    if not plain:
        return None
    for wording, code in phrases:
        if plain == wording:
            return code
    if _NOT_YET.match(plain):
        return None
    for wording, code in phrases:
        if not wording[0].isalpha() or not wording[0].isascii():
            if wording in plain and len(wording) > 1:
                return code
        elif len(wording) > 2 and re.search(rf"(?<![a-zäöüß]){re.escape(wording)}", plain):
            return code
    return None


@lru_cache(maxsize=4096)
def parse_stage(text: str) -> str | None:
    """Return the stage's code; of ``3-在谈`` and ``在谈（二轮）`` too."""
    return _find(re.sub(r"^[\d\s.、\-)）(（]+", "", text), _STAGES)


@lru_cache(maxsize=4096)
def parse_status(text: str) -> str | None:
    """Return the code of a lead's status."""
    return _find(text, _STATUSES)


@lru_cache(maxsize=4096)
def parse_source(text: str) -> str | None:
    """Return the code of the channel a lead came from."""
    return _find(text, _SOURCES)


@lru_cache(maxsize=4096)
def parse_chain(text: str) -> str | None:
    """Return the code of an industry chain or cluster."""
    return _find(text, _CHAINS)


@lru_cache(maxsize=4096)
def parse_country(text: str) -> str | None:
    """Return the ISO code of a country named in Chinese, English, German or Italian, or coded."""
    plain = _plain(text)
    if re.fullmatch(r"[a-z]{2}", plain) and plain.upper() in ledger_words.COUNTRIES:
        return plain.upper()
    for wording, code in _COUNTRIES:
        if plain == wording:
            return code
    parts = [p for p in re.split(r"[/、,，()（）\s\-]+", plain) if p]
    for part in parts:
        for wording, code in _COUNTRIES:
            if part == wording and (len(part) > 1 and not re.fullmatch(r"[a-z]{2,3}", part)):
                return code
    return _contained_country(plain)


def _contained_country(plain: str) -> str | None:
    """Return the country whose Chinese name a longer text begins or ends with (德国企业)."""
    for wording, code in _COUNTRIES:
        if len(wording) > 1 and not wording[0].isascii() and wording in plain:
            return code
    return None


WORD_READERS: dict[str, Callable[[str], str | None]] = {
    "stage": parse_stage,
    "status": parse_status,
    "source": parse_source,
    "chain": parse_chain,
    "country": parse_country,
}
