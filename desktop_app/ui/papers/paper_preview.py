"""A paper made in the background and shown beside its data, with what it still lacks."""

import logging
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtPdf import QPdfDocument
from shiboken6 import isValid

from desktop_app.db.change import Changes
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import language, t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.papers import catalogue, paper_export, paper_work, subject
from desktop_app.ui.papers.paper_frame import LANGUAGES, PaperFrame
from desktop_app.ui.papers.paper_memory import recall, remember
from desktop_app.ui.papers.preview_folder import PreviewFolder
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions

logger = logging.getLogger(__name__)
# Several fields filled in at once make the paper anew once.
_SETTLE_MS = 500


class PaperPreview(PaperFrame):
    """A preview that makes its own file; ``record_asked`` leads to what is missing."""

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Start without a paper; ``show_paper`` begins."""
        super().__init__(shell)
        self._store = store
        self.name = self.record_id = ""
        self._made: paper_work.Made | None = None
        self._job: background.Job | None = None
        self._folder_of_papers = PreviewFolder(self, store.workspace.paths.folder)
        self._stale = self._own_write = False
        self.word.clicked.connect(self.save_word)
        self.language.chosen.connect(self._on_language)
        self.period.chosen.connect(lambda _day: self.make())
        self.options.mark_edited.connect(self._on_mark)
        self.options.sections_edited.connect(self._on_sections)
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(lambda: self.make(anew=True))
        store.changed.connect(self._on_changed)

    # Choosing

    def show_paper(self, name: str, record_id: str = "") -> None:
        """Make and show a paper of a record, as it was wanted the last time."""
        if (name, record_id) != (self.name, self.record_id):
            self._made = None
        self.name, self.record_id = name, record_id
        kept = recall(self._shell, name)
        lang = kept.get("lang")
        self.language.set_value(lang if lang in LANGUAGES else language())
        self.period.setVisible(not catalogue.kind_of(name))
        if not catalogue.kind_of(name):
            self.period.set_period(name, self.period.day())
        self.word.setVisible(catalogue.has_word(name))
        self.options.set_sections((), ())
        self._read_record()
        self._fill_menu()
        self.make()

    def _fill_menu(self) -> None:
        self.chooser.setText(catalogue.title_of(self.name))
        self.chooser.setAccessibleName(f"{t('papers.choose')}: {self.chooser.text()}")
        self.papers.clear()
        for name in catalogue.offered(catalogue.kind_of(self.name)):
            action = self.papers.addAction(catalogue.title_of(name))
            action.setCheckable(True)
            action.setChecked(name == self.name)
            action.triggered.connect(lambda _on=False, n=name: self.show_paper(n, self.record_id))

    def _read_record(self) -> None:
        """Read what the head and the mark show of the record; it may have gone meanwhile."""
        kind = catalogue.kind_of(self.name)
        mark = None
        try:
            self._titles = subject.titles(self._store, kind, self.record_id)
            mark = subject.own_mark(self._store, kind, self.record_id)
        except DeskError:
            self._titles = {}
        self.show_subject(self._says_subject)
        kept = recall(self._shell, self.name)
        self.options.mark.set_value(str(kept.get("mark") or "") if mark is None else mark)

    def _on_language(self, code: str) -> None:
        remember(self._shell, self.name, lang=code)
        self.make()

    def _on_sections(self, left_out: frozenset[str]) -> None:
        remember(self._shell, self.name, left_out=sorted(left_out))
        self._soon.start()

    def _on_mark(self, mark: str) -> None:
        if catalogue.kind_of(self.name) == "trips":
            subject.set_own_mark(self._store, self.record_id, mark)
        else:
            remember(self._shell, self.name, mark=mark)
            self.make(anew=True)

    # Making

    def wanted(self) -> paper_work.Wanted:
        """Return what the choices ask for."""
        kept = recall(self._shell, self.name).get("left_out")
        left_out = frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()
        dated = not catalogue.kind_of(self.name)
        # A trip's mark is the trip's own: the paper reads it with the trip.
        mark = "" if catalogue.kind_of(self.name) == "trips" else self.options.mark.value()
        day = self.period.day() if dated else None
        return paper_work.Wanted(
            self.name, self.record_id, self.language.value() or language(), mark, left_out, day
        )

    def make(self, anew: bool = False) -> None:
        """Make the paper; one still being made is given up.

        Args:
            anew: the pages shown stay until the new ones are there.
        """
        self._soon.stop()
        self._stale = False
        if self._job is not None:
            self._job.cancel()
        wanted, workspace = self.wanted(), self._store.workspace
        path = self._folder_of_papers.next_file()
        if anew and self._made is not None:
            self.updating.show()
        else:
            self.show_busy(t("papers.making", paper=catalogue.title_of(self.name)), self._cancel)
        job = background.run(
            lambda job: paper_work.make(workspace, wanted, path, job),
            lambda made: self._on_made(job, made),
            lambda error: self._on_failed(job, error),
        )
        self._job = job
        job.progressed.connect(self.show_progress)

    def busy(self) -> bool:
        """Say whether the paper is being made or about to be."""
        return self._job is not None or self._soon.isActive()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._say(t("papers.cancelled"))

    def _say(self, text: str) -> None:
        """Say why there are no pages, with a way to try again."""
        self._made = None
        self.updating.hide()
        self._show_gap_count(None)
        self.show_problem(text)
        self.set_retry(t("papers.again"), self.make)

    def _on_made(self, job: background.Job, made: paper_work.Made) -> None:
        if not isValid(self) or job is not self._job:
            return
        self._job = None
        before, self._made = self._made, made
        self.updating.hide()
        self.show_file(made.path)
        if before is not None and before.path != made.path:
            before.path.unlink(missing_ok=True)
        self._name()
        self.options.set_gaps(made.gaps)
        self.options.set_sections(made.sections, made.wanted.left_out)
        self._show_gap_count(len(made.gaps))

    def _name(self) -> None:
        """Name the file as its own language does; the heading speaks the window's."""
        lang = "en" if self.language.value() == "en" else "zh"
        paper, title = catalogue.title_of(self.name, lang), self._titles.get(lang, "")
        own = t("papers.file", lang, paper=paper, title=title) if title else self._printed_title()
        safe = "".join("-" if c in '\\/:*?"<>|' else c for c in own)
        shown = catalogue.title_of(self.name)
        if self._titles:
            shown = t("papers.heading", paper=shown, title=self._titles[language()])
        self.set_title(shown, f"{safe}.pdf")

    def _printed_title(self) -> str:
        """Return the title in the file: a period's report says there which period it is of."""
        printed = self.view.pdf.metaData(QPdfDocument.MetaDataField.Title)
        return str(printed or catalogue.title_of(self.name))

    def _on_failed(self, job: background.Job, error: Exception) -> None:
        if not isValid(self) or job is not self._job:
            return
        self._job = None
        if isinstance(error, background.Cancelled):
            self._say(t("papers.cancelled"))
        elif isinstance(error, DeskError):
            self._say(sentence(error))
        else:
            logger.error("Paper %s not made", self.name, exc_info=error)
            self._say(t("papers.failed"))

    # Following the data

    def _on_changed(self, _changes: Changes) -> None:
        if not isValid(self) or not self.name or self._own_write:
            return
        self._read_record()
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.name:
            self.make(anew=True)

    # Leaving the window

    def tell_saved(self, target: Path) -> None:
        """Attach what was exported to its record, and say both."""
        assert self._made is not None
        self.tell_attached(target, self._made)

    def tell_attached(self, target: Path, made: paper_work.Made) -> None:
        """Attach a file that was exported; the pages need not be made anew for that."""
        self._own_write = True
        try:
            told = paper_export.attach(self._store, target, made, self._titles.get(language(), ""))
        finally:
            self._own_write = False
        self._shell.toast(told.text, undo=told.undo)

    def save_word(self) -> None:
        """Save the report for a word processor, in the language and with the sections chosen."""
        if self._made is not None and not self.word.isHidden():
            paper_export.save_word(self, self._store, self._shell, self._made)

    def note_export(self, target: Path) -> None:
        """Offer the folder of a file that was written beside the PDF."""
        self._exported = target
        self._folder.show()

    def leave(self) -> None:
        """Stop, let go of the file and remove what was made."""
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.name = ""
        self.forget()
        self._folder_of_papers.remove()
