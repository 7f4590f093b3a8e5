"""What the shell asks of a view, and what a view may ask of the shell."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.db.change import Changes
from desktop_app.settings import Settings
from desktop_app.ui.read_ahead import Reading
from desktop_app.ui.store import Store

if TYPE_CHECKING:
    from desktop_app.ui.sync.sync_frame import SyncFrame

#: What a file is called that the import reads.
TABLE_FILES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".vcf")


@dataclass(frozen=True)
class Action:
    """One thing that can be done, as the palette and the list of shortcuts show it."""

    text: str
    callback: Callable[[], object]
    icon: str = ""
    shortcut: str = ""


class ShellActions(Protocol):
    """What a view may ask of the window around it."""

    settings: Settings
    #: The team's shared file: its state, F5, conflicts, what came in.
    sync: "SyncFrame"

    def open_record(self, kind: str, record_id: str, field: str = "") -> None:
        """Show a record (``leads companies contacts trips meetings follow-ups``) in its view.

        With ``field`` the cursor goes into that column's field.
        """

    def open_paper(self, name: str) -> None:
        """Show a paper of what is selected in the paper's view."""

    def show_view(self, name: str) -> None:
        """Show a view: ``desk leads trips follow-ups companies contacts import settings``."""

    def begin_new(self) -> None:
        """Begin a new record in the view shown, as Ctrl+N does."""

    def open_shortcuts(self) -> None:
        """Show which keys do what (Ctrl+/)."""

    def open_palette(self) -> None:
        """Open the field that finds every action and record (Ctrl+K)."""

    def open_about(self) -> None:
        """Show the version, and the licences of all that is shipped."""

    def set_theme(self, name: str) -> None:
        """Paint in ``light``, ``dark``, or as the system does (empty)."""

    def set_language(self, language: str) -> None:
        """Speak ``zh`` or ``en`` from now on."""

    def rebuild(self) -> None:
        """Make all views anew, each with its state; what they show is read again."""

    def make_demo(self) -> None:
        """Add the demonstration team, as one step that can be undone."""

    def show_preview(self, preview: Any) -> None:
        """Show a page over the views until it emits ``closed``."""

    def save_settings(self) -> None:
        """Write this laptop's settings now."""

    def toast(self, text: str, undo: bool = False) -> None:
        """Say in passing what was done; with ``undo`` the note offers to take it back."""

    def toast_file(self, text: str, path: Path) -> None:
        """Say in passing that a file is there, and offer to open its folder."""

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        """Ask before something that cannot be taken back; ``yes`` is the verb on the button."""

    def choose_file(self, title: str, patterns: str, save_as: str = "") -> Path | None:
        """Ask for a file to open, or with ``save_as`` (a proposed name) for one to write."""

    def preview_pdf(self, path: Path, title: str) -> None:
        """Show a PDF inside the window, with save and print."""

    def import_file(self, path: Path | None = None, kind: str = "leads") -> None:
        """Open the import of a table or vCard file."""

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None:
        """Show a number beside a view in the navigation, in red when it is an alarm."""

    def run_job(
        self,
        title: str,
        function: Callable[..., Any],
        on_done: Callable[[Any], None],
    ) -> None:
        """Run ``function(job)`` in the background under a progress dialog with cancel."""

    def be(self, member_id: str | None) -> None:
        """Let another member sit at this laptop from now on."""

    @property
    def me(self) -> str | None:
        """Return the member id of the person at this laptop."""


class View(QWidget):
    """A page of the window: a widget that reads its rows from the store.

    It is the shared shape of the views and nothing more: each overrides what it has. The shell
    makes a view when it is first shown and calls ``refresh`` after each write.
    """

    #: Emitted with (kind, record id) when another record is selected.
    selected = Signal(str, str)
    name = ""
    icon = ""

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Keep what the view works with; the caller shows and refreshes it."""
        super().__init__()
        self.store, self.shell = store, shell

    def refresh(self, changes: Changes | None = None) -> None:
        """Read again what the changes concern (None: everything), keeping the selection."""

    def make_ready(self, changes: Changes, reading: Reading) -> None:
        """Make ready, in another thread and without touching widgets, what ``refresh`` needs."""

    def select(self, record_id: str) -> None:
        """Select and show a record."""

    def selected_id(self) -> str:
        """Return the id of the selected record, empty without one."""
        return ""

    def show_field(self, field: str) -> None:
        """Put the cursor into a field of the record just selected, by its column."""

    def show_part(self, record_id: str) -> None:
        """Show a meeting that belongs to the record just selected, where it is edited."""

    def open_paper(self, name: str) -> None:
        """Make and show a paper of the selected record."""

    def paper_shown(self) -> str:
        """Return the name of the paper that is open, empty without one."""
        return ""

    def select_first(self) -> None:
        """Select the first record, for a picture of the view."""

    def actions_offered(self) -> list[Action]:
        """Return what can be done here now, for the palette and the list of shortcuts."""
        return []

    def focus_search(self) -> None:
        """Put the cursor into the view's search (Ctrl+F)."""

    def new_record(self) -> None:
        """Begin a new record (Ctrl+N)."""

    def delete_selected(self) -> None:
        """Delete what is selected (Del); it can be undone."""

    def open_selected(self) -> None:
        """Open what is selected (Enter)."""

    def drop_file(self, path: Path) -> bool:
        """Take a file dropped on the view; return False to let the shell import it."""
        return False

    def save_state(self) -> dict[str, Any]:
        """Return what is to be the same at the next start, as JSON."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up a saved state; unknown or missing entries are ignored."""
