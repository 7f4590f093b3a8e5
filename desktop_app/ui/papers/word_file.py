"""Saving a paper for a word processor: offices edit it further."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.papers import paper_work
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions

if TYPE_CHECKING:
    from desktop_app.ui.papers.paper_preview import PaperPreview


def save_word(
    preview: "PaperPreview", store: Store, shell: ShellActions, made: paper_work.Made
) -> None:
    """Ask where to, and write the paper there with progress; it is attached as the PDF is."""
    proposed = str(Path(preview.save_name).with_suffix(".docx"))
    target = shell.choose_file(t("papers.save_word"), t("papers.word_files"), proposed)
    if target is None:
        return
    if target.suffix.lower() != ".docx":
        target = target.with_name(f"{target.name}.docx")

    def work(job: background.Job) -> DeskError | None:
        return _write(store, made, target, job)

    def done(problem: DeskError | None) -> None:
        if problem is None:
            preview.note_export(target)
            preview.attach(target, made)
        elif problem.key == "cannot_write":
            shell.toast(t("papers.not_saved", name=target.name))
        else:
            shell.toast(sentence(problem))

    shell.run_job(t("papers.making", paper=t("papers.word")), work, done)


def _write(
    store: Store, made: paper_work.Made, target: Path, job: background.Job
) -> DeskError | None:
    """Write the file; return what refused it."""
    from desktop_app.reports import trip_report
    from desktop_app.reports.trip_report_docx import write_trip_report_docx

    try:
        order = paper_work.order_of(store.workspace, made.wanted, made.moment)
        with store.workspace.read() as session:
            files = store.workspace.paths.files
            facts = trip_report.read(session, made.wanted.record_id, order, files)
        job.report(0.5)
        write_trip_report_docx(facts, order, target)
    except DeskError as error:
        return error
    return None
