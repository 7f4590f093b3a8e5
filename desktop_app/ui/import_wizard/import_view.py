"""The import: choose a file, correct the mapping, see what would come, import it in one step."""

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from desktop_app.db.undo import is_undone
from desktop_app.domain.formats import short_date
from desktop_app.domain.money import format_money
from desktop_app.exchange.ledger_import import ImportResult, apply_import, preview
from desktop_app.exchange.ledger_read import RawTable
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.mapping_guess import mapping_as
from desktop_app.exchange.own_after import PlannedRecord
from desktop_app.exchange.own_follow_ups import PlannedFollowUp
from desktop_app.exchange.plan import Cancelled as PlanCancelled
from desktop_app.exchange.plan import ImportPlan, PlannedRow, open_ledger, plan_import
from desktop_app.i18n import language, t, word
from desktop_app.ui import background
from desktop_app.ui.backups.backup_timer import back_up_before
from desktop_app.ui.import_wizard.mapping_table import MappingTable
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import SegmentedControl, ToolRow, button, column, label
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView
from desktop_app.ui.widgets.text_fields import ChoiceField

_PATTERNS = "*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.vcf"


class PreviewRow(NamedTuple):
    """One row of the preview."""

    id: str
    row: int
    company: str
    company_zh: str
    stage: str
    amount: str
    first: str
    owner: str
    action: str
    note: str


class ProblemRow(NamedTuple):
    """One thing that could not be read."""

    id: str
    row: int
    column: str
    value: str
    message: str


def preview_row(planned: PlannedRow) -> PreviewRow:
    """Return a planned row as the preview shows it."""
    lead, company = planned.row.lead, planned.row.company
    amount, currency = lead.get("amount_minor"), lead.get("currency")
    first = lead.get("first_reported_on")
    note = ""
    if planned.duplicate_of is not None:
        note = t("import.same_as", name=planned.duplicate_name)
    elif planned.possible:
        note = t("import.perhaps", name="、".join(planned.possible[:2]))
    return PreviewRow(
        f"{planned.row.sheet}:{planned.row.row}",
        planned.row.row,
        planned.row.name,
        str(company.get("name_zh") or ""),
        str(lead.get("stage") or "lead"),
        format_money(amount if isinstance(amount, int) else None, str(currency or ""), language()),
        short_date(first, dt.date.today(), language()) if isinstance(first, dt.date) else "",
        planned.row.owner or "",
        planned.action,
        note,
    )


def follow_up_row(planned: PlannedFollowUp) -> PreviewRow:
    """Return a planned follow-up as the preview shows it: its title where a lead's note stands."""
    record, company = planned.row.record, planned.row.company
    due = record.get("due_on")
    return PreviewRow(
        f"{planned.row.sheet}:{planned.row.row}",
        planned.row.row,
        str(company.get("name") or ""),
        str(company.get("name_zh") or ""),
        word("follow_up_status", str(record.get("status") or "open")),
        "",
        short_date(due, dt.date.today(), language()) if isinstance(due, dt.date) else "",
        planned.row.refers.get("owner", ""),
        planned.action,
        str(record.get("title") or ""),
    )


def record_row(planned: PlannedRecord) -> PreviewRow:
    """Return a planned record of after signing as the preview shows it: what it is, as its note."""
    record, company = planned.row.record, planned.row.company
    concepts = {"cases": "case_state", "approvals": "approval_state"}
    day = next((record[name] for name in _DAYS if record.get(name)), None)
    kinds = {"approval-services": "service_kind", "facilities": "product"}
    code = str(record.get("kind") or record.get("product") or "")
    amount = next((v for n, v in record.items() if n.endswith("_minor") and v), None)
    return PreviewRow(
        f"{planned.row.sheet}:{planned.row.row}",
        planned.row.row,
        str(company.get("name") or planned.row.refers.get("lead_title") or ""),
        str(company.get("name_zh") or ""),
        word(concepts.get(planned.kind, ""), str(record.get("state") or "")),
        format_money(
            amount if isinstance(amount, int) else None,
            str(record.get("currency") or ""),
            language(),
        ),
        short_date(day, dt.date.today(), language()) if isinstance(day, dt.date) else "",
        planned.row.refers.get("owner") or planned.row.refers.get("member") or "",
        planned.action,
        str(record.get("title") or word(kinds.get(planned.kind, "capital_kind"), code)),
    )


_DAYS = ("due_on", "raised_on", "served_on", "granted_on", "drawn_on", "received_on")
#: What a sheet that others wrote may hold.
KINDS = ("leads", "contacts", "cases", "approvals")
_ACTION_PILL = {"new": "good", "merge": "accent", "skip": "neutral"}


class ImportView(View):
    """Three pages: nothing chosen yet, the plan, the result."""

    name = "import"
    icon = "upload"

    #: Emitted from the import's thread when it ended, however it ended.
    _ended = Signal()

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the pages."""
        super().__init__(store, shell)
        self._path: Path | None = None
        self._kind: str | None = None
        self._tables: list[tuple[RawTable, Mapping]] = []
        self._plan: ImportPlan | None = None
        # What the result page tells of, and the step that undo would take back.
        self._result: ImportResult | None = None
        self._tx: str | None = None
        # Counts what was asked for: an answer to an earlier question is not wanted any more.
        self._turn = 0
        self._sheet = 0
        self._tools = ToolRow(t("import.title"))
        self._again = button(t("import.another"), self._on_choose, "folder-open")
        self._go = button(t("import.go"), self.run_import, "check", "primary")
        store.changed.connect(self._on_changed)
        self._ended.connect(lambda: self._go.setEnabled(self._plan is not None))
        self._tools.add_right(self._again, self._go)
        self._pages = QStackedWidget()
        self._pages.addWidget(
            EmptyState(
                t("import.empty"),
                t("import.empty_hint"),
                t("import.choose"),
                self._on_choose,
                "upload",
            )
        )
        self._pages.addWidget(self._plan_page())
        self._pages.addWidget(self._result_page())
        layout = column(self)
        layout.addWidget(self._tools)
        layout.addWidget(self._pages, 1)
        self._show_page(0)

    def _plan_page(self) -> QWidget:
        page = QWidget()
        outer = column(page)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(10)
        self._sheets: SegmentedControl | None = None
        self._sheet_place = line
        self._kinds = ChoiceField(
            t("import.kind"), [(x, word("kind", x)) for x in KINDS], None, inplace=False
        )
        self._kinds.setToolTip(t("import.kind"))
        self._kinds.setFixedWidth(128)
        self._kinds.edited.connect(self._on_kind)
        line.addWidget(self._kinds)
        self._summary = label("", "heading")
        line.addWidget(self._summary)
        line.addStretch(1)
        line.addWidget(label(t("import.duplicates"), "muted"))
        self._duplicates = SegmentedControl(
            [(a, t(f"import.action.{a}")) for a in ("merge", "skip", "new")], t("import.duplicates")
        )
        self._duplicates.set_value("merge")
        self._duplicates.chosen.connect(lambda _code: self._decide())
        line.addWidget(self._duplicates)
        outer.addWidget(bar)
        splitter = QSplitter(Qt.Orientation.Vertical)
        self._mapping = MappingTable()
        self._mapping.altered.connect(self._replan)
        splitter.addWidget(self._mapping)
        self._preview = RowTableView(t("import.preview"))
        self._preview_model = RowTableModel(self._columns(), lambda r: r.id, lambda r: r.company)
        self._preview.set_row_model(self._preview_model)
        splitter.addWidget(self._preview)
        splitter.setSizes([330, 420])
        splitter.setChildrenCollapsible(False)
        outer.addWidget(splitter, 1)
        return page

    def _columns(self) -> list[Column]:
        return [
            Column(
                "row",
                t("import.row"),
                lambda r: str(r.row),
                56,
                right=True,
                sort_key=lambda r: r.row,
            ),
            Column(
                "company",
                t("words.field.company"),
                lambda r: r.company,
                280,
                detail=lambda r: r.company_zh,
            ),
            Column("stage", t("words.field.stage"), lambda r: word("stage", r.stage), 120),
            Column("amount", t("words.field.amount"), lambda r: r.amount, 140, right=True),
            Column("first", t("words.field.first_reported_on"), lambda r: r.first, 110),
            Column("owner", t("words.field.owner"), lambda r: r.owner, 90),
            Column(
                "action",
                t("import.becomes"),
                lambda r: t(f"import.action.{r.action}"),
                90,
                pill=lambda r: Pill(t(f"import.action.{r.action}"), _ACTION_PILL[r.action]),
            ),
            Column("note", t("import.note"), lambda r: r.note, 260),
        ]

    def _result_page(self) -> QWidget:
        page = QWidget()
        layout = column(page)
        head = QWidget()
        line = column(head, 16, 4)
        self._result_title = label("", "title")
        self._result_text = label("", "muted", wrap=True)
        line.addWidget(self._result_title)
        line.addWidget(self._result_text)
        layout.addWidget(head)
        self._problems = RowTableView(t("import.problems"))
        self._problem_model = RowTableModel(
            [
                Column(
                    "row",
                    t("import.row"),
                    lambda r: str(r.row),
                    64,
                    right=True,
                    sort_key=lambda r: r.row,
                ),
                Column("column", t("import.column.heading"), lambda r: r.column, 140),
                Column("value", t("import.value"), lambda r: r.value, 240),
                Column("message", t("import.message"), lambda r: r.message, 480),
            ],
            lambda r: r.id,
            lambda r: r.value,
        )
        self._problems.set_row_model(self._problem_model)
        self._problems.set_empty_state(EmptyState(t("import.all_read"), t("import.all_read_hint")))
        layout.addWidget(self._problems, 1)
        return page

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._go.setVisible(page == 1)
        self._again.setVisible(page != 0)
        self._tools.set_subtitle(self._path.name if self._path and page else "")

    def start(self, path: Path | None = None, kind: str = "leads") -> None:
        """Begin with a file, or ask for one."""
        if path is None:
            self._show_page(0)
            return
        today = dt.date.today()
        self._turn += 1
        turn = self._turn

        def read(_job: background.Job) -> list[tuple[RawTable, Mapping]]:
            return open_ledger(path, today)

        def on_read(tables: list[tuple[RawTable, Mapping]]) -> None:
            if turn == self._turn:
                self._path = path
                self._kind = "contacts" if kind == "contacts" else None
                self._on_read(tables)

        self.shell.run_job(t("import.reading", file=path.name), read, on_read)

    def _on_choose(self) -> None:
        path = self.shell.choose_file(t("import.choose"), _PATTERNS)
        if path is not None:
            self.start(path)

    def _on_read(self, tables: list[tuple[RawTable, Mapping]]) -> None:
        self._tables = tables
        if self._sheets is not None:
            self._sheet_place.removeWidget(self._sheets)
            self._sheets.deleteLater()
            self._sheets = None
        if len(tables) > 1:
            names = [(str(n), table.sheet) for n, (table, _) in enumerate(tables)]
            self._sheets = SegmentedControl(names, t("import.sheets"))
            self._sheets.set_value("0")
            self._sheets.chosen.connect(lambda code: self._show_sheet(int(code)))
            self._sheet_place.insertWidget(0, self._sheets)
        self._show_sheet(0)
        self._show_page(1)
        self._replan()

    def _show_sheet(self, number: int) -> None:
        table, mapping = self._tables[number]
        self._sheet = number
        self._mapping.set_table(table, mapping)
        # What we wrote ourselves, and cards, say of what kind they are.
        self._kinds.setVisible(not mapping.own and table.kind != "vcard")
        self._kinds.set_value(mapping.kind)

    def _on_kind(self, kind: str) -> None:
        """Read the sheet as what somebody says it holds; what can't be read so stays as it was."""
        table, mapping = self._tables[self._sheet]
        if kind == mapping.kind:
            return
        found = mapping_as(table, kind, dt.date.today())
        if found is None:
            self._kinds.set_value(mapping.kind)
            self.shell.toast(t("import.not_this_kind", kind=word("kind", kind)))
            return
        # Whoever says so means it: not even a wish for people alone stands against it.
        self._kind = None
        self._tables[self._sheet] = (table, found)
        self._mapping.set_table(table, found)
        self._replan()

    def _replan(self) -> None:
        """Plan anew with the present mapping."""
        tables, kind, workspace = self._tables, self._kind, self.store.workspace
        duplicates: Any = self._duplicates.value()
        self._turn += 1
        turn = self._turn
        self._plan = None
        self._go.setEnabled(False)
        self._summary.setText("")
        self._preview_model.set_rows([])

        def plan(job: background.Job) -> ImportPlan | None:
            try:
                with workspace.read() as session:
                    return plan_import(
                        session,
                        tables,
                        today=dt.date.today(),
                        duplicates=duplicates,
                        kind=kind,
                        progress=lambda done, total: job.report(done / max(total, 1)),
                        cancelled=lambda: job.cancelled() or turn != self._turn,
                    )
            except PlanCancelled:
                if not job.cancelled():
                    return None
                raise background.Cancelled from None

        def on_planned(planned: ImportPlan | None) -> None:
            if planned is not None and turn == self._turn:
                self._plan = planned
                self._decide()

        self.shell.run_job(t("import.planning"), plan, on_planned)

    def _decide(self) -> None:
        """Apply the choice for duplicates; plan first when planning was cancelled."""
        if self._plan is None:
            self._replan()
            return
        action: Any = self._duplicates.value()
        self._plan.decide(action)
        self._show_plan()

    def _show_plan(self) -> None:
        assert self._plan is not None
        result = preview(self._plan)
        self._summary.setText(
            t(
                "import.summary" if result.contacts else "import.summary_alone",
                read=result.read,
                created=result.created,
                merged=result.merged,
                skipped=result.skipped,
                contacts=result.contacts,
                problems=len(result.problems),
            )
        )
        rows = [preview_row(row) for row in self._plan.rows]
        rows += [follow_up_row(row) for row in self._plan.follow_ups]
        rows += [record_row(row) for row in self._plan.records]
        self._preview_model.set_rows(rows)
        self._go.setEnabled(bool(result.created or result.merged or result.contacts))

    def run_import(self) -> None:
        """Import as planned: one transaction, one undo step."""
        plan, path, workspace = self._plan, self._path, self.store.workspace
        if plan is None or path is None:
            return

        def run(job: background.Job) -> ImportResult:
            back_up_before(workspace, "import")
            try:
                with workspace.write(t("import.do", file=path.name)) as session:
                    return apply_import(
                        session,
                        plan,
                        lambda done, total: job.report(done / max(total, 1)),
                        job.cancelled,
                    )
            except PlanCancelled:
                raise background.Cancelled from None
            finally:
                # The view may be gone: another language builds a new one.
                with contextlib.suppress(RuntimeError):
                    self._ended.emit()

        def on_imported(result: ImportResult) -> None:
            self.store.announce()
            if turn == self._turn:
                self._plan = None
                self._tx = self.store.workspace.last_changes.tx
                self._show_result(result)
            done = t("import.done", created=result.created, merged=result.merged)
            self.shell.toast(done, undo=True)

        turn = self._turn
        self._go.setEnabled(False)
        self.shell.run_job(t("import.running"), run, on_imported)

    def _on_changed(self) -> None:
        """Say on the result page when the import was taken back, or done again."""
        if self._tx is None or self._result is None:
            return
        if self.store.read(is_undone, self._tx):
            self._result_title.setText(t("import.undone"))
            self._result_text.setText(t("import.undone_detail"))
        else:
            self._tell(self._result)

    def _tell(self, result: ImportResult) -> None:
        """Say what came in."""
        self._result_title.setText(t("import.done", created=result.created, merged=result.merged))
        self._result_text.setText(
            t(
                "import.done_detail",
                read=result.read,
                skipped=result.skipped,
                contacts=result.contacts,
                problems=len(result.problems),
            )
        )

    def _show_result(self, result: ImportResult) -> None:
        self._result = result
        self._tell(result)
        self._problem_model.set_rows(
            ProblemRow(str(n), p.row, p.column, p.value[:200], p.message())
            for n, p in enumerate(result.problems)
        )
        self._show_page(2)

    def drop_file(self, path: Path) -> bool:
        self.start(path)
        return True

    def new_record(self) -> None:
        self._on_choose()

    def actions_offered(self) -> list[Action]:
        return [Action(t("import.choose"), self._on_choose, "upload")]
