"""A page of the guide as it is read: our font and colours, pictures as wide as the column."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QPixmap,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from desktop_app.i18n import language
from desktop_app.paths import resource
from desktop_app.ui import theme
from desktop_app.ui.fonts import font

#: A line longer than this is hard to read.
_COLUMN, _MARGIN = 760, 32
_READ_SIZE = 14
_SIZES = {1: 24, 2: 17}


class PageText(QTextBrowser):
    """Shows one page; links are told by ``anchorClicked`` and never followed by themselves."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { border: 0; padding: 0; }")
        self._markdown, self._words = "", ""
        # A window being drawn wider is one new page at its end, not fifty.
        self._timer = QTimer(self, singleShot=True, interval=60)
        self._timer.timeout.connect(self._render)

    def show_page(self, markdown: str, words: str = "") -> None:
        """Show a page from its top, or from the first of some words that were searched."""
        self._markdown, self._words = markdown, words
        self._render()
        self.verticalScrollBar().setValue(0)
        self._mark()

    def _column(self) -> int:
        return max(200, min(_COLUMN, self.viewport().width() - 2 * _MARGIN))

    def _render(self) -> None:
        place = self.verticalScrollBar().value()
        document = self.document()
        document.clear()
        document.setDefaultFont(font(_READ_SIZE))
        document.setDocumentMargin(0)
        document.setMarkdown(self._markdown)
        frame = document.rootFrame()
        room = frame.frameFormat()
        room.setLeftMargin(_MARGIN)
        room.setTopMargin(20)
        room.setBottomMargin(40)
        room.setRightMargin(max(_MARGIN, self.viewport().width() - self._column() - _MARGIN))
        frame.setFrameFormat(room)
        block = document.begin()
        while block.isValid():
            _lay_out(block)
            block = block.next()
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture as sharp as the screen is and no wider than the column."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        file = QUrl(name).toString()
        picture = QPixmap(str(resource("guide", "pictures", language(), file)))
        ratio = self.devicePixelRatioF()
        wide = round(min(self._column(), picture.width()) * ratio)
        if not picture.isNull() and wide != picture.width():
            picture = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _mark(self) -> None:
        """Mark the words searched, and bring the first of them into sight."""
        marks = []
        for word in self._words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(QColor(theme.color("warn_soft")))
                marks.append(mark)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)
        if marks:
            first = min((m.cursor for m in marks), key=QTextCursor.position)
            first.clearSelection()
            self.setTextCursor(first)
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._markdown and event.oldSize().width() != event.size().width():
            self._timer.start()


def _lay_out(block: QTextBlock) -> None:
    """Give a paragraph its room, and a heading its size."""
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    form = QTextBlockFormat()
    first = block.blockNumber() == 0
    listed = block.textList() is not None
    form.setTopMargin((0 if first else 18) if level else (0 if listed else 4))
    form.setBottomMargin(2 if listed else 8)
    if not _holds_picture(block):
        form.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(form)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        letters = QTextCharFormat()
        letters.setFont(font(_SIZES.get(level, _READ_SIZE), True))
        cursor.setCharFormat(letters)


def _holds_picture(block: QTextBlock) -> bool:
    piece = block.begin()
    while not piece.atEnd():
        if piece.fragment().charFormat().isImageFormat():
            return True
        piece += 1
    return False
