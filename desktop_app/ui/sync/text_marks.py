"""A text with the words marked that another text does not have."""

import html
import re
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.ui import theme

# Chinese is compared by characters, other scripts by words.
_PIECE = re.compile(r"[\u3400-\u9fff]|\w+|\s+|[^\w\s]")
_MOST = 4000


def marked(base: str, text: str) -> str:
    """Return ``text`` as rich text, with what ``base`` does not have on a tinted ground."""
    if not base or len(base) + len(text) > _MOST:
        return _plain(text)
    old, new = _PIECE.findall(base), _PIECE.findall(text)
    ground = theme.color("warn_soft").name()
    result = []
    for tag, _i1, _i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        piece = _plain("".join(new[j1:j2]))
        plain = tag == "equal" or not piece.strip()
        result.append(piece if plain else f'<span style="background-color:{ground}">{piece}</span>')
    return "".join(result)


def _plain(text: str) -> str:
    """Return a text so that none of it is read as markup."""
    return html.escape(text).replace("\n", "<br>")


def marked_label(base: str, text: str) -> QLabel:
    """Return a label that shows ``text`` with what is new in it marked."""
    result = QLabel(marked(base, text))
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setAccessibleName(text)
    result.setWordWrap(True)
    result.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result
