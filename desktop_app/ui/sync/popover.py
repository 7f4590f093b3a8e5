"""The whole story of the sync: what the state means, what helps, and where to go from here."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.sync.sync_state import Shown, ago, counted, mode_name
from desktop_app.ui.widgets.buttons import button, hairline, icon_button, label
from desktop_app.ui.widgets.empty_state import IconLabel

if TYPE_CHECKING:
    from desktop_app.sync.team import TeamStatus

WIDTH = 340


class Ways(NamedTuple):
    """Where the pop-up can lead."""

    sync: Callable[[], object]
    settings: Callable[[], object]
    conflicts: Callable[[], object]
    incoming: Callable[[], object]
    unlock: Callable[[], object]


class SyncPopover(QFrame):
    """Opens above the foot of the navigation; every way out of it closes it."""

    def __init__(self, anchor: QWidget, status: "TeamStatus", shown: Shown, ways: Ways) -> None:
        """Tell a status; ``shown`` is it in words."""
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(shown.text)
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(shown.icon, 20, shown.role))
        head.addWidget(label(shown.text, "heading"), 1)
        layout.addLayout(head)
        layout.addWidget(label(shown.sentence, wrap=True))
        if shown.remedy:
            layout.addWidget(label(shown.remedy, "muted", wrap=True))
        connected = status.location is not None
        if connected:
            layout.addSpacing(2)
            layout.addLayout(self._facts(status))
        self._add_links(layout, status, ways)
        layout.addSpacing(4)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        if connected:
            if status.problem is not None and status.problem.key == "share_locked":
                text, way, icon_name = t("protection.enter"), ways.unlock, "lock"
            else:
                text, way, icon_name = t("sync.now"), ways.sync, "refresh-cw"
            self.go = button(text, self._closing(way), icon_name, "primary")
            settings = icon_button(
                "settings", t("sync.open_settings"), self._closing(ways.settings), "secondary"
            )
            foot.addWidget(self.go)
            foot.addStretch(1)
            foot.addWidget(settings)
        else:
            self.go = button(t("sync.connect"), self._closing(ways.settings), "link", "primary")
            foot.addWidget(self.go)
            foot.addStretch(1)
        layout.addLayout(foot)
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, 0))
        self.move(corner.x(), max(8, corner.y() - self.height() - 6))

    def _closing(self, way: Callable[[], object]) -> Callable[[], None]:
        def go() -> None:
            self.close()
            way()

        return go

    def _facts(self, status: "TeamStatus") -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        waiting = counted("sync.waiting", status.waiting)
        facts = [
            (t("sync.last"), label(ago(status.last_sync_at))),
            (t("sync.not_sent"), label(waiting if status.waiting else t("sync.nothing_waiting"))),
            (t("sync.how"), label(mode_name(str(status.mode)))),
            (t("sync.where"), self._where(str(status.location))),
        ]
        top = Qt.AlignmentFlag.AlignTop
        for line, (name, widget) in enumerate(facts):
            grid.addWidget(label(name, "muted"), line, 0, top)
            grid.addWidget(widget, line, 1, top)
        return grid

    def _where(self, location: str) -> QWidget:
        if "://" in location:
            return label(location, wrap=True, selectable=True)
        file = Path(location)
        # A path has no spaces to break at: the folder's name says most, the tip the rest.
        name = f"{file.parent.name}/{file.name}"
        short = button(
            name if len(name) <= 34 else f"…{name[-33:]}", variant="plainlink", tip=location
        )
        short.setAccessibleName(f"{t('sync.open_folder')}: {location}")
        folder = QUrl.fromLocalFile(str(file.parent))
        short.clicked.connect(lambda _on=False: QDesktopServices.openUrl(folder))
        return short

    def _add_links(self, layout: QVBoxLayout, status: "TeamStatus", ways: Ways) -> None:
        links: list[tuple[str, int, str, Callable[[], object]]] = [
            ("sync.disputed", status.conflicts, "split", ways.conflicts),
            ("sync.came_in", status.incoming, "inbox", ways.incoming),
        ]
        shown = [one for one in links if one[1]]
        if not shown:
            return
        layout.addWidget(hairline())
        for key, count, icon_name, way in shown:
            one = button(counted(key, count), self._closing(way), icon_name, "plainlink")
            layout.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
