"""What becomes of an exported paper: attached to its record, or saved for a word processor."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.papers import catalogue, paper_work, subject
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions

if TYPE_CHECKING:
    from desktop_app.ui.papers.paper_preview import PaperPreview


class Told(NamedTuple):
    """What is said of an export; ``undo`` where its attaching can be taken back."""

    text: str
    undo: bool = False


def attach(store: Store, target: Path, made: paper_work.Made, title: str) -> Told:
    """Attach an exported file to the paper's record, once; return what to say."""
    kind = catalogue.kind_of(made.wanted.name)
    try:
        attached = subject.attach(store, kind, made.wanted.record_id, target, made.moment)
    except DeskError as error:
        return Told(t("papers.not_attached", name=target.name, problem=sentence(error)))
    if attached:
        return Told(t("papers.saved_attached", name=target.name, title=title), True)
    return Told(t("trips.saved_to", name=target.name))


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
            preview.tell_attached(target, made)
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
