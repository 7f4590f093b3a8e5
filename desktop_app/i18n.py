"""Every text on screen and paper, in Chinese and English.

Catalogues are ``resources/translations/<area>.json``: ``{"area.key": ["中文", "English"]}``.
Placeholders are those of ``str.format``.
"""

import json
from functools import cache

from desktop_app.paths import resource

LANGUAGES = ("zh", "en")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Return all texts by key, each as (Chinese, English)."""
    texts: dict[str, tuple[str, str]] = {}
    for path in sorted(resource("translations").glob("*.json")):
        for key, (zh, en) in json.loads(path.read_text("utf-8")).items():
            texts[key] = (zh, en)
    return texts


class _Current:
    """The language the whole process speaks unless a call names another."""

    language = "zh"


def set_language(language: str) -> None:
    """Speak ``language`` from now on.

    Raises:
        ValueError: the language is not one of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _Current.language = language


def language() -> str:
    """Return the language in use: ``zh`` or ``en``."""
    return _Current.language


def t(key: str, lang: str | None = None, **values: object) -> str:
    """Return the text of ``key`` in ``lang`` (the language in use by default), filled in.

    Raises:
        KeyError: no catalogue has the key.
    """
    text = catalogue()[key][LANGUAGES.index(lang or _Current.language)]
    return text.format(**values) if values else text


def word(concept: str, code: str | None, lang: str | None = None) -> str:
    """Return the label of a code such as ``word("stage", "signed")``; unknown codes stand as is."""
    if not code:
        return ""
    entry = catalogue().get(f"words.{concept}.{code}")
    return code if entry is None else entry[LANGUAGES.index(lang or _Current.language)]
