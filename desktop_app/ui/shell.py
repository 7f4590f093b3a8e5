"""The window: navigation, views made when first shown, and what holds everywhere."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QMargins, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from desktop_app import i18n
from desktop_app import settings as settings_file
from desktop_app.db.change import Changes
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.settings import Settings
from desktop_app.ui import theme
from desktop_app.ui.navigation import Navigation
from desktop_app.ui.navigation_counts import Counter
from desktop_app.ui.read_ahead import Reading
from desktop_app.ui.store import Store
from desktop_app.ui.sync.sync_frame import SyncFrame
from desktop_app.ui.view import TABLE_FILES, Action, View
from desktop_app.ui.views import ICONS, VIEW_OF_KIND, badges, keys_of_views, make_view, places

if TYPE_CHECKING:
    from desktop_app.services.counts import NavigationCounts
    from desktop_app.ui.reminders.reminder_clock import ReminderClock
    from desktop_app.ui.reminders.tray import Tray

logger = logging.getLogger(__name__)
LOOK_SECONDS = 4
SYNC_MS = 400
SAVE_MS = 300
#: What a window manager puts around a window, which tells its frame only once it is shown.
_FRAME = QMargins(4, 36, 4, 4)
_TYPING = (QLineEdit, QPlainTextEdit, QComboBox)


class MainWindow(QMainWindow):
    """The frame around the views; it is what they know as ``ShellActions``."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Make the frame without any view: ``start`` shows the first one."""
        super().__init__()
        self.store, self.settings = store, settings
        self._views: dict[str, View] = {}
        self._stale: set[str] = set()
        self._preview: QWidget | None = None
        self._toast: QWidget | None = None
        self.reminders: ReminderClock | None = None
        self.tray: Tray | None = None
        self._counts: dict[str, tuple[int | None, bool]] = {}
        self._counter = Counter(store, self._show_counts, self)
        self._version = 0
        self._current = ""
        self._saving = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._saving.timeout.connect(self.save_settings)
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self.fit_screen()
        store.changed.connect(self._on_changed)
        self.sync = SyncFrame(self)
        self.sync.runner.preparing = self.preparing
        self._build()
        self._add_shortcuts()

    # --- frame

    def _build(self) -> None:
        """Make everything that words are on, in the language in use."""
        self.setWindowTitle(t("shell.app"))
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        dark = theme.name() == "dark"
        self.navigation = Navigation(
            self.team_name(),
            places(),
            [
                (
                    "sun" if dark else "moon",
                    t("shell.theme_light" if dark else "shell.theme_dark"),
                    self.toggle_theme,
                ),
                ("languages", t("shell.language_other"), self.switch_language),
                ("command", t("shell.palette"), self.open_palette),
                ("book-open", t("shell.guide"), self.open_guide),
            ],
            badges(),
        )
        self.navigation.chosen.connect(self.show_view)
        self.stack = QStackedWidget()
        self.stack.setProperty("role", "background")
        layout.addWidget(self.navigation)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        for name, (count, alarm) in self._counts.items():
            self.navigation.set_count(name, count, alarm)
        self.sync.attach()

    def fit_screen(self) -> None:
        """Be no larger than what the screen has free for a window and its frame."""
        free = self.screen().availableGeometry().marginsRemoved(_FRAME).size()
        self.setMinimumSize(QSize(960, 600).boundedTo(free))
        if not self.isMaximized() and not self.isFullScreen():
            self.resize(self.size().boundedTo(free))

    def _add_shortcuts(self) -> None:
        """Bind the keys that hold in every view."""
        for keys, slot in (
            ("Ctrl+K", self.open_palette),
            ("F1", self.open_guide),
            ("Ctrl+/", self.open_shortcuts),
            ("F5", self.sync.sync_by_hand),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+F", lambda: self._with_view("focus_search")),
            ("Ctrl+N", lambda: self._with_view("new_record")),
            ("Del", self._delete),
            ("Ctrl+Shift+N", self.capture),
            ("Ctrl+Shift+D", self.toggle_theme),
            ("Ctrl+Shift+L", self.switch_language),
            ("Ctrl+,", lambda: self.show_view("settings")),
            ("Ctrl+Q", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for keys, name in keys_of_views():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda name=name: self.show_view(name))

    def _with_view(self, verb: str) -> None:
        """Let the view shown do what a key asks for."""
        if view := self._views.get(self._current):
            getattr(view, verb)()

    def begin_new(self) -> None:
        """Begin a new record in the view shown."""
        self._with_view("new_record")

    def _delete(self) -> None:
        # Del in a field is the field's, even where the field itself does nothing with it.
        if not isinstance(QApplication.focusWidget(), _TYPING):
            self._with_view("delete_selected")

    def start(self) -> None:
        """Show the first view, after the frame is painted; then count for the navigation."""
        self.show_view(self.settings.view if self.settings.view in ICONS else "desk")
        QTimer.singleShot(50, self, self.refresh_counts)
        self.watch()

    def watch(self) -> None:
        """Look every few seconds whether another process has written."""
        self._version = self.store.workspace.log_position()
        timer = QTimer(self)
        timer.timeout.connect(self.look_for_others)
        timer.start(LOOK_SECONDS * 1000)
        # The first view is painted before anything looks for the team's file.
        QTimer.singleShot(SYNC_MS, self, self.sync.start)
        QTimer.singleShot(SYNC_MS, self, self._begin_watches)

    def _begin_watches(self) -> None:
        """Begin what runs beside the work: backups by time, and reminders."""
        from desktop_app.ui.backups.backup_timer import BackupTimer
        from desktop_app.ui.reminders.reminder_clock import ReminderClock
        from desktop_app.ui.reminders.tray import Tray

        BackupTimer(self.store.workspace, self)
        self.reminders = ReminderClock(self.store, self.settings, self.save_settings, self)
        self.tray = Tray(self, self.reminders, self.show_reminders)
        self.reminders.look()

    def capture(self, text: str = "") -> None:
        """Open the field for anything, with a text if there is one."""
        from desktop_app.ui.quick_capture.capture_dialog import CaptureDialog

        CaptureDialog(self, text).open()

    def show_reminders(self) -> None:
        """Show all that is to be reminded of."""
        from desktop_app.ui.reminders.reminder_list import ReminderList

        if self.reminders is not None:
            ReminderList(self, self.reminders).open()

    def look_for_others(self) -> None:
        """Read again when another process, such as the command line, has written meanwhile."""
        if self.store.workspace.away:
            return
        version = self.store.workspace.log_position()
        # What a sync of this window brings it announces itself, once, when it is through.
        if version != self._version and not self.sync.runner.running:
            self._version = version
            self.store.note_shown()
            self._stale.update(set(self._views) - {self._current})
            if self._current in self._views:
                self._refresh(self._current)
            self._counter.count_soon()

    def start_first_run(self, step: int = 0, join: str = "") -> None:
        """Ask the three things of a first start in place of the views."""
        from desktop_app.ui.first_run.welcome import Welcome

        self._welcome = Welcome(self, join)
        self._welcome.start(step)

    def build_anew(self, language: str = "") -> None:
        """Make the frame again, in another language if one is given; the views are not kept."""
        if language:
            self._speak(language)
        self._build()

    def become_someone(self) -> None:
        """Be the first member as long as nobody said who they are."""
        from desktop_app.ui.first_run.welcome import become_someone

        become_someone(self)

    def make_demo(self) -> None:
        """Make the demonstration team in the background, as one step that can be undone."""
        from desktop_app.ui.first_run.welcome import make_demo_team

        make_demo_team(self)

    # --- views

    def view(self, name: str) -> View:
        """Return a view, made and read now if it was not yet."""
        if name not in self._views:
            view = make_view(name, self.store, self)
            self._views[name] = view
            self.stack.addWidget(view)
            view.restore_state(self.settings.views.get(name, {}))
            self._refresh(name)
        return self._views[name]

    def _refresh(self, name: str, changes: Changes | None = None) -> None:
        """Let a view read again, and note what it reads: a sync reads it ahead."""
        with self.store.ahead.noting(name):
            self._views[name].refresh(changes)

    def preparing(self, changes: Changes) -> Callable[[Reading], None]:
        """Return what the view shown makes ready in another thread before it reads changes."""
        view = self._views.get(self._current)
        return partial(view.make_ready, changes) if view is not None else lambda _reading: None

    def show_view(self, name: str) -> None:
        """Show a view by its name."""
        self.close_preview()
        view = self.view(name)
        if name in self._stale:
            self._stale.discard(name)
            self._refresh(name)
        self._current = name
        if self.settings.view != name:
            self.settings.view = name
            # A moment later: going through the views writes once.
            self._saving.start()
        self.stack.setCurrentWidget(view)
        self.navigation.set_current(name)

    def open_record(self, kind: str, record_id: str, field: str = "") -> None:
        """Show a record in the view of its kind, the cursor in a field if one is named."""
        meeting_id = record_id if kind == "meetings" else ""
        if meeting_id:
            from desktop_app.ui.trips.trip_searches import meeting_place

            kind, record_id = self.store.read(meeting_place, record_id)
        name = VIEW_OF_KIND.get(kind, "desk")
        self.show_view(name)
        self.view(name).select(record_id)
        if meeting_id and meeting_id != record_id:
            self.view(name).show_part(meeting_id)
        if field:
            self.view(name).show_field(field)

    def open_paper(self, name: str) -> None:
        """Show a paper of what is selected in its view."""
        from desktop_app.ui.papers.catalogue import view_of

        self.show_view(view_of(name))
        self.view(view_of(name)).open_paper(name)

    def forget_view(self, name: str) -> None:
        """Let a view read again when it is next shown: something beside the records altered."""
        self._stale.update({name} & set(self._views))

    def _on_changed(self, changes: Changes) -> None:
        """Let the view shown read again now, the others when they are next shown."""
        self._version = self.store.workspace.log_position()
        self._stale.update(set(self._views) - {self._current})
        if self._current in self._views:
            self._refresh(self._current, changes)
        if changes.tables & {"setting"}:
            self.navigation.set_team(self.team_name())
        self._counter.count_soon()

    def refresh_counts(self) -> None:
        """Count now what waits in each view for the navigation."""
        self._counter.count_now()

    def _show_counts(self, counts: "NavigationCounts") -> None:
        self.set_count("leads", counts.leads)
        self.set_count("trips", counts.trips)
        self.set_count("companies", counts.companies)
        self.set_count("contacts", counts.contacts)
        self.set_count("follow-ups", counts.due, alarm=bool(counts.overdue))

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None:
        """Show a number beside a view in the navigation; nothing for none."""
        self._counts[view] = (count or None, alarm)
        self.navigation.set_count(view, count or None, alarm)

    def _save_states(self) -> None:
        """Keep what each view looks like."""
        for name, view in self._views.items():
            self.settings.views[name] = view.save_state()

    def rebuild(self, between: Callable[[], object] = lambda: None) -> None:
        """Make the window anew, soon; each view keeps its state and selection.

        Args:
            between: done while there are no views: a style sheet for a window full of fields
                takes Qt seconds, for an empty one none.
        """
        # The click that asks for it may be that of a button which is about to go.
        QTimer.singleShot(0, self, partial(self._rebuild, between))

    def _rebuild(self, between: Callable[[], object]) -> None:
        self._save_states()
        chosen = {name: view.selected_id() for name, view in self._views.items()}
        current = self._current
        paper = self._views[current].paper_shown() if current in self._views else ""
        self.close_preview()
        self._views, self._stale = {}, set()
        self.setCentralWidget(QWidget())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        between()
        self._build()
        self.show_view(current or "desk")
        if chosen.get(current):
            self.view(current).select(chosen[current])
        if paper:
            self.open_paper(paper)

    # --- theme and language

    def toggle_theme(self) -> None:
        """Go from light to dark or back."""
        self.set_theme("light" if theme.name() == "dark" else "dark")

    def set_theme(self, name: str) -> None:
        """Paint in ``light``, ``dark``, or as the system does (empty)."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.settings.theme = name
        self.save_settings()
        self.rebuild(lambda: theme.apply(app, name or theme.preferred(app)))

    def switch_language(self) -> None:
        """Go from Chinese to English or back."""
        self.set_language("en" if i18n.language() == "zh" else "zh")

    def set_language(self, language: str) -> None:
        """Speak another language from now on."""
        self.rebuild(partial(self._speak, language))

    def _speak(self, language: str) -> None:
        from desktop_app.ui.qt_texts import speak

        i18n.set_language(language)
        self.settings.language = language
        self.save_settings()
        speak(language)

    # --- what views ask for

    @property
    def me(self) -> str | None:
        """Return the member id of the person at this laptop."""
        return self.settings.me

    def be(self, member_id: str | None) -> None:
        """Let another member sit at this laptop from now on."""
        self.settings.me = self.store.workspace.author_id = member_id
        self.save_settings()
        for view in self._views.values():
            view.refresh(None)

    def team_name(self) -> str:
        """Return the team's name as it is shown."""
        from desktop_app.services import team_settings

        name = self.store.look(team_settings.get, "team_name", "")
        if i18n.language() == "en":
            name = self.store.look(team_settings.get, "team_name_en", "") or name
        return str(name) if name else t("shell.team_default")

    def toast(self, text: str, undo: bool = False) -> None:
        """Say in passing what was done."""
        from desktop_app.ui.widgets.toast import Toast

        if self._toast is not None:
            self._toast.close()
        self._toast = Toast(self, text, self.undo if undo else None)

    def is_telling(self) -> bool:
        """Say whether something is being said in passing right now."""
        return self._toast is not None and isValid(self._toast) and self._toast.isVisible()

    def toast_action(self, text: str, verb: str, act: Callable[[], object]) -> None:
        """Say something in passing, with a button that does something about it."""
        from desktop_app.ui.widgets.toast import Toast

        if self._toast is not None:
            self._toast.close()
        self._toast = Toast(self, text, act, verb)

    def toast_file(self, text: str, path: Path) -> None:
        """Say in passing that a file is there."""
        from desktop_app.ui.widgets.toast import Toast, folder_of

        if self._toast is not None:
            self._toast.close()
        self._toast = Toast(self, text, folder_of(path), t("shell.set_open_folder"))

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        """Ask before something that cannot be taken back."""
        from desktop_app.ui.widgets.dialogs import ask

        return ask(self, title, text, yes, danger)

    def choose_file(self, title: str, patterns: str, save_as: str = "") -> Path | None:
        """Ask for a file to open, or for one to write."""
        home = Path.home()
        if save_as:
            name, _ = QFileDialog.getSaveFileName(self, title, str(home / save_as), patterns)
        else:
            name, _ = QFileDialog.getOpenFileName(self, title, str(home), patterns)
        return Path(name) if name else None

    def preview_pdf(self, path: Path, title: str) -> None:
        """Show a PDF in place of the view; closing it comes back."""
        from desktop_app.ui.pdf_preview.preview import file_preview

        self.show_preview(file_preview(self, path, title))

    def show_preview(self, preview: Any) -> None:
        """Show a page over the views until its ``closed`` signal."""
        self.close_preview()
        self._preview = preview
        self.stack.addWidget(preview)
        self.stack.setCurrentWidget(preview)
        preview.closed.connect(self.close_preview)
        preview.setFocus()

    def close_preview(self) -> None:
        """Leave the preview, if one is open."""
        if self._preview is not None:
            preview, self._preview = self._preview, None
            self.stack.removeWidget(preview)
            preview.deleteLater()
            if self._current in self._views:
                self.stack.setCurrentWidget(self._views[self._current])

    def import_file(self, path: Path | None = None, kind: str = "leads") -> None:
        """Open the import of a table or vCard file."""
        self.show_view("import")
        start: Any = getattr(self.view("import"), "start", None)
        if start is not None:
            start(path, kind)

    def run_job(
        self, title: str, function: Callable[..., Any], on_done: Callable[[Any], None]
    ) -> None:
        """Run a function in the background, with progress and Cancel if it takes its time."""
        from desktop_app.ui.widgets.dialogs import run_with_progress

        cancelled = partial(self.toast, t("shell.cancelled"))
        run_with_progress(self, title, function, on_done, cancelled)

    # --- undo

    def undo(self) -> None:
        """Take the latest step back and say which it was."""
        step = self.store.undo()
        if step is None:
            self.toast(t("shell.nothing_to_undo"))
        else:
            self.toast(t("shell.undone", label=step.label))

    def redo(self) -> None:
        """Do the step again and say which it was."""
        step = self.store.redo()
        if step is None:
            self.toast(t("shell.nothing_to_redo"))
        else:
            self.toast(t("shell.redone", label=step.label))

    # --- palette, shortcuts, errors

    def open_palette(self) -> None:
        """Open the field that finds every action and record."""
        from desktop_app.ui.palette import Palette

        Palette(self, self.all_actions()).show_over()

    def open_shortcuts(self) -> None:
        """Show which keys do what."""
        from desktop_app.ui.shortcuts import ShortcutSheet

        area = "sync" if self._current in ("conflicts", "incoming") else "shell"
        title = t(f"{area}.{self._current}") if self._current else ""
        ShortcutSheet(self, self.view_actions(), title).open()

    def open_guide(self) -> None:
        """Open the user guide at what it tells of the view shown; from there, go back."""
        from desktop_app.ui.guide.guide_view import open_guide

        open_guide(self, self._current)

    def open_about(self) -> None:
        """Show the version, and the licences of all that is shipped."""
        from desktop_app.ui.about.about_window import AboutWindow

        AboutWindow(self).open()

    def view_actions(self) -> list[Action]:
        """Return what the view shown offers."""
        view = self._views.get(self._current)
        return view.actions_offered() if view else []

    def all_actions(self) -> list[Action]:
        """Return every action, those of the view shown first."""
        from desktop_app.ui.common_actions import common_actions

        return self.view_actions() + self.sync.actions() + common_actions(self)

    def show_error(self, error: BaseException, log: Path) -> None:
        """Word an error that nobody caught: one that was to be expected, or any other."""
        from desktop_app.ui.error_texts import sentence
        from desktop_app.ui.widgets.dialogs import tell

        if isinstance(error, DeskError):
            self.toast(sentence(error))
        else:
            tell(self, t("shell.error_title"), t("shell.error_text", path=log))

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        view = self._views.get(self._current)
        for path in files:
            if view is not None and view.drop_file(path):
                continue
            if path.suffix.lower() in TABLE_FILES:
                contacts = path.suffix.lower() == ".vcf" or self._current == "contacts"
                self.import_file(path, "contacts" if contacts else "leads")
            else:
                self.toast(t("shell.dropped_unknown"))
            break

    def closeEvent(self, event: QCloseEvent) -> None:
        # What is still being typed is saved, as if the field had been left.
        from desktop_app.ui.widgets.field_grid import commit_all

        for view in self._views.values():
            commit_all(view)
        if not self.sync.may_close():
            event.ignore()
            return
        self._save_states()
        self.settings.geometry = self.saveGeometry().toBase64().toStdString()
        self.save_settings()
        self.sync.stop()
        super().closeEvent(event)

    def save_settings(self) -> None:
        """Write this laptop's settings; a full disk must not keep the window open."""
        try:
            settings_file.save(self.settings, self.store.workspace.paths.settings)
        except OSError as error:
            logger.warning("Settings not saved: %s", error)


def raise_window(window: QWidget) -> None:
    """Bring a window to the front, also from the task bar."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
