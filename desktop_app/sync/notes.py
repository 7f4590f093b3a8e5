"""Long texts that two people altered: one text with what both of them wrote."""

import re
from difflib import SequenceMatcher

# A text is compared by sentences: a line break, a full stop (an English one before a space).
_SEAM = re.compile(r"(?<=[\n。！？；])|(?=\n)|(?<=[.!?])(?=\s)")


def merged_notes(base: str | None, ours: str | None, theirs: str | None) -> str:
    """Return the three-way merge of a text, offered to the person who settles a conflict.

    Every sentence that either side wrote is there; where both wrote at one place, ours comes
    first. A sentence goes only where one side took it out and the other had left it alone.

    Args:
        base: the text that both had seen.
        ours: what one side made of it.
        theirs: what the other side made of it.
    """
    pieces = _pieces(base)
    our_words, our_cuts = _edits(pieces, _pieces(ours))
    their_words, their_cuts = _edits(pieces, _pieces(theirs))
    merged: list[str] = []
    for place in range(len(pieces) + 1):
        merged += _union(our_words.get(place, []), their_words.get(place, []))
        if place < len(pieces) and place not in our_cuts | their_cuts:
            merged.append(pieces[place])
    return _joined(merged)


def _pieces(text: str | None) -> list[str]:
    """Return a text cut into sentences and line breaks; joined they are the text again."""
    return [piece for piece in _SEAM.split(text or "") if piece]


def _edits(base: list[str], text: list[str]) -> tuple[dict[int, list[str]], set[int]]:
    """Return what a side wrote, by the place in the base before which it stands, and its cuts."""
    words: dict[int, list[str]] = {}
    cuts: set[int] = set()
    for _, i1, i2, j1, j2 in SequenceMatcher(None, base, text, autojunk=False).get_opcodes():
        if base[i1:i2] != text[j1:j2]:
            words.setdefault(i1, []).extend(text[j1:j2])
            cuts.update(range(i1, i2))
    return words, cuts


def _union(ours: list[str], theirs: list[str]) -> list[str]:
    """Return what both wrote at one place: what is the same once, else ours before theirs."""
    merged: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        merged += ours[i1:i2]
        if tag != "equal":
            merged += theirs[j1:j2]
    return merged


def _joined(pieces: list[str]) -> str:
    """Return the text of the pieces; two that would run into one another stand on two lines."""
    text = ""
    for piece in pieces:
        seam = any(found.start() == 1 for found in _SEAM.finditer(text[-1:] + piece[:1]))
        text += piece if seam or not text else f"\n{piece}"
    return text
