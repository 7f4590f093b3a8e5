"""The trip briefing made in the background and shown with what it still lacks."""

import datetime as dt
import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import LANGUAGES, language, t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.pdf_preview.preview import PdfPreview
from desktop_app.ui.store import Store
from desktop_app.ui.trips.checks_panel import CheckLine, ChecksPanel
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl, label, panel

# A briefing of a normal trip; beyond it the bar only creeps, as the pages are not known before.
_USUAL_PAGES = 24


class BriefingPreview(PdfPreview):
    """A preview that makes its own file; ``record_asked`` leads to what is missing."""

    record_asked = Signal(str, str, str)

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Start without a trip; ``show_trip`` begins."""
        super().__init__(shell)
        self._store = store
        self._trip_id = ""
        self._titles: dict[str, str] = {}
        self._job: background.Job | None = None
        self._kept_in: Path | None = None
        self._clean: Callable[[], object] | None = None
        self._made = 0
        choices = [(code, t(f"trips.language_{code}")) for code in LANGUAGES]
        self.language = SegmentedControl(choices, t("trips.briefing_language"))
        self.language.set_value(language())
        self.language.chosen.connect(lambda _code: self.make())
        self.add_tool(self.language)
        self.gaps = ChecksPanel(t("trips.gaps"))
        self.gaps.opened.connect(
            lambda gap: self.record_asked.emit(gap.kind, gap.record_id, gap.column)
        )
        self.add_side(self._gaps_pane())

    def _gaps_pane(self) -> QWidget:
        pane = panel("pane")
        outer = QVBoxLayout(pane)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.addWidget(self.gaps)
        self._gaps_hint = label(t("trips.gaps_hint"), "small", wrap=True)
        self._gaps_hint.hide()
        layout.addWidget(self._gaps_hint)
        layout.addStretch(1)
        area.setWidget(body)
        outer.addWidget(area)
        pane.setMinimumWidth(200)
        return pane

    def show_trip(self, trip_id: str, title: str, title_en: str = "") -> None:
        """Make and show the briefing of a trip; its titles as the two languages have them."""
        self._trip_id = trip_id
        self._titles = {"zh": title or title_en, "en": title_en or title}
        self.make()

    def _name(self, lang: str) -> None:
        """Name the file as its own language does; the heading speaks the window's."""
        shown, own = (self._titles[one] or t("trips.untitled", one) for one in (language(), lang))
        safe = "".join("-" if c in '\\/:*?"<>|' else c for c in own)
        heading = t("trips.briefing_title", title=shown)
        self.set_title(heading, t("trips.briefing_file", lang, title=safe))

    def make(self) -> None:
        """Make the briefing in the chosen language; one still being made is given up."""
        if self._job is not None:
            self._job.cancel()
        lang = self.language.value() or language()
        self._name(lang)
        path = self._next_file()
        workspace, trip_id = self._store.workspace, self._trip_id

        def work(job: background.Job) -> tuple[Path, list[Any]]:
            # ReportLab and its fonts load here, off the window's thread.
            from desktop_app.reports.paper import Order, team_name
            from desktop_app.reports.papers import PAPERS, write_paper

            paper = PAPERS["trip-briefing"]
            with workspace.read() as session:
                order = Order(lang, dt.datetime.now(dt.UTC), team_name(session, lang))
                facts = paper.read(session, trip_id, order, workspace.paths.files)
            job.report(0.1)
            write_paper(
                paper,
                facts,
                order,
                path,
                lambda page: job.report(0.1 + 0.9 * page / (page + _USUAL_PAGES)),
            )
            return path, paper.gaps(facts, order)

        self.show_busy(t("trips.preview_making"), self._cancel)
        job = background.run(
            work, lambda result: self._on_made(job, result), lambda e: self._on_failed(job, e)
        )
        self._job = job
        job.progressed.connect(self.show_progress)

    def _next_file(self) -> Path:
        """Return a fresh name: Windows keeps the file that is still shown locked."""
        if self._kept_in is None:
            home = self._store.workspace.paths.folder
            # What a crash left behind; a workspace is open in one window only.
            for left in home.glob("preview-*"):
                shutil.rmtree(left, ignore_errors=True)
            self._kept_in = Path(tempfile.mkdtemp(prefix="preview-", dir=home))
            # Also when the window is closed or its views are made anew in another language.
            self._clean = weakref.finalize(self, shutil.rmtree, self._kept_in, ignore_errors=True)
        self._made += 1
        return self._kept_in / f"briefing-{self._made}.pdf"

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.show_problem(t("trips.preview_cancelled"))

    def _on_made(self, job: background.Job, result: tuple[Path, list[Any]]) -> None:
        if not isValid(self) or job is not self._job:
            return
        self._job = None
        path, gaps = result
        self.show_file(path)
        lines = [
            CheckLine(True, gap.sentence(), "", gap.kind, gap.record_id, gap.column) for gap in gaps
        ]
        self.gaps.set_checks(lines, t("trips.gaps_none"))
        self._gaps_hint.setVisible(bool(lines))

    def _on_failed(self, job: background.Job, error: Exception) -> None:
        if not isValid(self) or job is not self._job:
            return
        self._job = None
        if isinstance(error, background.Cancelled):
            self.show_problem(t("trips.preview_cancelled"))
            return
        self.show_problem(t("trips.preview_retry"))
        if not isinstance(error, DeskError):
            # Not the person's to mend: the one handler of errors logs and words it.
            raise error
        self.show_problem(sentence(error))

    def leave(self) -> None:
        """Stop, let go of the file and remove what was made."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.forget()
        if self._clean is not None:
            self._clean()
            self._kept_in = self._clean = None
