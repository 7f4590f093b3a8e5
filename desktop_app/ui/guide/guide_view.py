"""The user guide (F1): its pages at the left, the one chosen at the right."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop_app.i18n import t
from desktop_app.ui.guide import pages
from desktop_app.ui.guide.page_text import PageText
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import ToolRow, button, column, icon_button
from desktop_app.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow

#: What a link of the guide to the app itself begins with.
APP = "invest-desk"
_LIST, _ROW = 232, 34


class GuideView(View):
    """Shows the guide; ``closed`` asks to go back to where one came from."""

    name = "guide"
    icon = "book-open"
    closed = Signal()

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Show the first page."""
        super().__init__(store, shell)
        self.came_from = ""
        self._page = ""
        body = column(self)
        self.search = SearchBox(t("guide.search_hint"))
        self.search.searched.connect(self._on_search)
        self.search.moved.connect(self.step)
        self.text = PageText()
        self.text.setAccessibleName(t("guide.page"))
        self.text.anchorClicked.connect(self.follow)
        self.search.returnPressed.connect(self.text.setFocus)
        self.previous = icon_button("chevron-left", t("guide.previous"), lambda: self.step(-1))
        self.next = icon_button("chevron-right", t("guide.next"), lambda: self.step(1))
        tools = ToolRow(t("shell.guide"))
        tools.add(self.search)
        tools.add_right(
            self.previous,
            self.next,
            button(t("shell.shortcuts"), self._open_shortcuts, "keyboard", tip="Ctrl+/"),
            button(t("guide.back"), self.closed.emit, "x", tip="Esc"),
        )
        body.addWidget(tools)
        main = QWidget()
        line = QHBoxLayout(main)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._make_list())
        edge = QFrame()
        edge.setProperty("role", "hairline")
        edge.setFixedWidth(1)
        line.addWidget(edge)
        line.addWidget(self.text, 1)
        body.addWidget(main, 1)
        escape = QShortcut(QKeySequence("Esc"), self, self.closed.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self, lambda s=step: self.step(s))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.closed.connect(self._go_back)
        self._fill("")
        self.select(next(iter(pages.PAGES)))

    def _make_list(self) -> QListWidget:
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(t("guide.pages"))
        self.list.setFixedWidth(_LIST)
        self.list.setContentsMargins(8, 8, 8, 8)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _old: self._on_item(item))
        self.list.itemActivated.connect(lambda _item: self.text.setFocus())
        return self.list

    def _fill(self, words: str) -> None:
        """List the pages that have some words, all without any."""
        numbers = {name: number for number, name in enumerate(pages.PAGES, 1)}
        with QSignalBlocker(self.list):
            self.list.clear()
            for name in pages.found(words):
                title = pages.title_of(name)
                item = QListWidgetItem(f"{numbers[name]:\u2007>2}  {title}", self.list)
                item.setToolTip(title)
                item.setSizeHint(QSize(0, _ROW))
                item.setData(Qt.ItemDataRole.UserRole, name)
            if not self.list.count():
                item = QListWidgetItem(t("shell.palette_none"), self.list)
                item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _names(self) -> list[str]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(Qt.ItemDataRole.UserRole) or "" for item in items]

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole):
            self.select(item.data(Qt.ItemDataRole.UserRole))

    def _on_search(self, words: str) -> None:
        self._fill(words)
        names = [name for name in self._names() if name]
        if names:
            self.select(self._page if self._page in names else names[0])

    def select(self, record_id: str) -> None:
        """Show a page by its name."""
        if record_id not in pages.PAGES:
            return
        words = self.search.text().strip()
        if record_id not in self._names():
            words = ""
            with QSignalBlocker(self.search):
                self.search.clear()
            self._fill("")
        self._page = record_id
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self._names().index(record_id))
        self.text.show_page(pages.text_of(record_id), words)
        names = self._names()
        self.previous.setEnabled(record_id != names[0])
        self.next.setEnabled(record_id != names[-1])

    def selected_id(self) -> str:
        return self._page

    def step(self, way: int) -> None:
        """Go to the page after (1) or before (-1) the one shown."""
        names = self._names()
        place = names.index(self._page) + way if self._page in names else 0
        if 0 <= place < len(names):
            self.select(names[place])

    def follow(self, link: QUrl) -> None:
        """Go where a link leads: another page, a view, the list of keys."""
        if link.scheme() != APP:
            self.select(link.toString())
        elif link.path() == "shortcuts":
            self._open_shortcuts()
        elif link.path() == "palette":
            self.shell.open_palette()
        elif self.came_from:
            self.shell.show_view(link.path().removeprefix("view/"))

    def _open_shortcuts(self) -> None:
        self.shell.open_shortcuts()

    def _go_back(self) -> None:
        if self.came_from:
            self.shell.show_view(self.came_from)

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def actions_offered(self) -> list[Action]:
        return [
            Action(t("guide.previous"), lambda: self.step(-1), "chevron-left", "Alt+Left"),
            Action(t("guide.next"), lambda: self.step(1), "chevron-right", "Alt+Right"),
            Action(t("guide.back"), self.closed.emit, "x", "Esc"),
        ]

    def save_state(self) -> dict[str, Any]:
        return {"page": self._page, "came_from": self.came_from}

    def restore_state(self, state: dict[str, Any]) -> None:
        self.select(str(state.get("page", "")))
        self.came_from = str(state.get("came_from") or "desk")


def open_guide(window: "MainWindow", view: str) -> None:
    """Open the guide at what it tells of a view; from the guide itself, go back."""
    if not view:
        # Before the first start is through there are no views to come back to.
        window.show_preview(GuideView(window.store, window))
        return
    if view == GuideView.name:
        window.view(view).actions_offered()[-1].callback()
        return
    window.show_view(GuideView.name)
    guide = window.view(GuideView.name)
    assert isinstance(guide, GuideView)
    guide.came_from = view
    guide.select(pages.page_of(view))
    guide.list.setFocus()
