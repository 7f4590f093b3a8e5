"""What an export writes, an import reads back: every field, in both languages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Contact,
    Event,
    Facility,
    FollowUp,
    Lead,
    LeadStage,
    Member,
)
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.export_ledger import Exported, export_follow_ups, export_leads
from desktop_app.exchange.ledger_import import Cancelled
from desktop_app.exchange.own_columns import SHEETS
from desktop_app.i18n import LANGUAGES
from desktop_app.services.lookup import clean_text
from tests.exchange.round_trip import content, filled, full_workspace, import_into, workspace

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
OF_LEADS: tuple[type[Base], ...] = (Company, Contact, Event, Lead, LeadStage, Member)


def leads_to(session: Session, path: Path, lang: str = "zh", **more: Any) -> Exported:
    return export_leads(session, path, lang=lang, now=NOW, **more)


def follow_ups_to(session: Session, path: Path, lang: str = "zh") -> Exported:
    return export_follow_ups(session, path, lang=lang, now=NOW)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_are_unique_and_every_column_of_the_records_has_one(lang: str) -> None:
    for columns in SHEETS.values():
        headings = [column.heading(lang) for column in columns]
        assert len(set(headings)) == len(headings)
        assert not [h for h in headings if h.startswith(("words.", "export."))]
    for model, record, sheet in (
        (Lead, "lead", "leads"),
        (Company, "company", "leads"),
        (Contact, "contact", "contacts"),
        (LeadStage, "stage", "stages"),
        (FollowUp, "follow_up", "follow-ups"),
        (Case, "case", "cases"),
        (Approval, "approval", "approvals"),
        (ApprovalService, "approval_service", "approval-services"),
        (Facility, "facility", "facilities"),
        (CapitalReceipt, "capital_receipt", "capital-receipts"),
    ):
        there = {c.name for c in SHEETS[sheet] if c.record == record}
        plain = {c.name for c in model.__table__.columns if not c.foreign_keys}
        assert plain - {"id", "deleted"} - there == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_lead_comes_back_in_an_empty_workspace(lang: str, tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        full_workspace(ours)
        path = tmp_path / "台账.xlsx"

        assert leads_to(ours, path, lang).count == 1
        result = import_into(theirs, path)

        assert [p.to_json() for p in result.problems] == []
        assert (result.created, result.contacts) == (1, 3)
        assert content(theirs, *OF_LEADS) == content(ours, *OF_LEADS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_follow_ups_come_back_and_find_their_leads(lang: str, tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        full_workspace(ours)
        leads_to(ours, tmp_path / "leads.xlsx", lang)
        follow_ups_to(ours, tmp_path / "follow-ups.xlsx", lang)
        import_into(theirs, tmp_path / "leads.xlsx")

        result = import_into(theirs, tmp_path / "follow-ups.xlsx")

        # One of the three came with its lead, as the next step.
        assert (result.read, result.created, result.merged) == (3, 2, 1)
        assert [p.to_json() for p in result.problems] == []
        assert content(theirs, FollowUp, *OF_LEADS) == content(ours, FollowUp, *OF_LEADS)


def test_the_same_ledgers_again_change_nothing_here_or_there(tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        full_workspace(ours)
        full_workspace(ours, 2)
        leads_to(ours, tmp_path / "leads.xlsx")
        follow_ups_to(ours, tmp_path / "follow-ups.xlsx")
        import_into(theirs, tmp_path / "leads.xlsx")
        import_into(theirs, tmp_path / "follow-ups.xlsx")
        for session in (ours, theirs):
            before = content(session, FollowUp, *OF_LEADS)
            start = session.scalar(select(func.total_changes()))

            for name in ("leads.xlsx", "follow-ups.xlsx"):
                again = import_into(session, tmp_path / name)
                assert (again.created, again.contacts) == (0, 0)

            assert session.scalar(select(func.total_changes())) == start
            assert content(session, FollowUp, *OF_LEADS) == before


def test_leads_that_look_alike_stay_apart(tmp_path: Path) -> None:
    """Two leads of one company, and two companies of one name, are not one."""
    with workspace() as ours, workspace() as theirs:
        for _ in range(2):
            company = Company(name="Rheintal AG", city="Chur")
            ours.add(company)
            ours.flush()
            for _ in range(2):
                ours.add(Lead(company_id=company.id, stage="lead", status="active"))
        ours.commit()
        leads_to(ours, tmp_path / "leads.xlsx")

        import_into(theirs, tmp_path / "leads.xlsx")
        assert content(theirs, Lead, Company) == content(ours, Lead, Company)
        assert import_into(theirs, tmp_path / "leads.xlsx").created == 0


def test_only_the_leads_asked_for_are_written_in_their_order(tmp_path: Path) -> None:
    with workspace() as ours:
        ids = [full_workspace(ours, n).id for n in (1, 2, 3)]

        done = leads_to(ours, tmp_path / "some.xlsx", ids=[ids[2], ids[0]])

        rows = sheet_rows(tmp_path / "some.xlsx")
        assert done.count == 2
        assert [row[1] for row in rows[3:]] == ["Häberling & Söhne AG 3", "Häberling & Söhne AG 1"]


def sheet_rows(path: Path, number: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(number).to_python(skip_empty_area=False)


def test_an_empty_workspace_gives_a_ledger_with_headings_only(tmp_path: Path) -> None:
    with workspace() as ours:
        assert leads_to(ours, tmp_path / "none.xlsx").count == 0
        assert sheet_rows(tmp_path / "none.xlsx")[2][1] == "企业名称"


def test_a_row_added_and_cells_altered_by_hand_are_read_like_any_other(tmp_path: Path) -> None:
    """A colleague fills the ledger in Excel: words, days and sums as people write them."""
    from tests.exchange.ledgers import write_sheets

    with workspace() as ours, workspace() as theirs:
        full_workspace(ours)
        leads_to(ours, tmp_path / "leads.xlsx")
        rows = sheet_rows(tmp_path / "leads.xlsx")
        heads = rows[2]
        new: list[Any] = [None] * len(heads)
        for heading, value in {
            "企业名称": "Nordlys A/S",
            "国别": "丹麦",
            "项目阶段": "洽谈",
            "投资额（万）": "3.5亿",
            "币种": "CNY",
            "首报日期": "2026.3.5",
            "负责人": "李新",
            "联系人": "Mette",
            "联系电话": "+45 33 55 50 12",
            "下次跟进": "不知道",
        }.items():
            new[heads.index(heading)] = value
        path = write_sheets(tmp_path / "by hand.xlsx", {"台账": [*rows, new]})

        result = import_into(theirs, path)

        assert result.created == 2
        assert [(p.row, p.column, p.key) for p in result.problems] == [
            (5, "下次跟进", "date_unreadable")
        ]
        lead = theirs.scalars(select(Lead).join(Company).where(Company.name == "Nordlys A/S")).one()
        assert (lead.stage, lead.amount_minor) == ("negotiating", 350_000_000_00)
        assert lead.first_reported_on == dt.date(2026, 3, 5)
        assert lead.notes == "下次跟进：不知道"
        assert lead.owner is not None
        assert lead.owner.name == "李新"
        person = theirs.scalars(select(Contact).where(Contact.company_id == lead.company_id)).one()
        assert (person.name, person.phone) == ("Mette", "+45 33 55 50 12")
        assert theirs.scalar(select(func.count(LeadStage.id))) is not None


def test_nothing_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    import re
    import zipfile

    with workspace() as ours:
        company = Company(name="=HYPERLINK(1)", phone="+41445550120", notes="@SUM(A1)")
        ours.add(company)
        ours.flush()
        ours.add(Lead(company_id=company.id, title="-2+3", notes="\t=cmd|' /C calc'!A0"))
        ours.commit()
        leads_to(ours, tmp_path / "leads.xlsx")

        with zipfile.ZipFile(tmp_path / "leads.xlsx") as book:
            sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
            cells = "".join(book.read(name).decode() for name in sheets)
            styles = book.read("xl/styles.xml").decode()
        data = re.sub(r"<(conditionalFormatting|dataValidations).*?</\1>", "", cells, flags=re.S)
        assert "<f>" not in data
        # Editing such a cell in Excel must not make it a formula either.
        assert 'quotePrefix="1"' in styles
        row = sheet_rows(tmp_path / "leads.xlsx")[3]
        assert "=HYPERLINK(1)" in row
        assert "+41445550120" in row


def test_the_ledger_is_set_for_reading_filtering_choosing_and_printing(tmp_path: Path) -> None:
    import zipfile

    with workspace() as ours:
        full_workspace(ours)
        leads_to(ours, tmp_path / "leads.xlsx")
        with zipfile.ZipFile(tmp_path / "leads.xlsx") as book:
            first = book.read("xl/worksheets/sheet1.xml").decode()
            names = book.read("xl/workbook.xml").decode()

    assert '<pane xSplit="2" ySplit="3" topLeftCell="C4"' in first
    assert '<autoFilter ref="A3:' in first
    assert 'orientation="landscape"' in first
    assert 'fitToHeight="0"' in first
    # The head on every page, and the main part of the rows that there are.
    assert "招商项目台账!$3:$3" in names
    assert "招商项目台账!$A$1:$R$4" in names
    # Stage, status, source, chain, owner, country and currency are chosen from lists.
    columns = SHEETS["leads"]
    for record, name in (
        ("lead", "stage"),
        ("lead", "status"),
        ("lead", "source"),
        ("lead", "chain"),
        ("lead", "owner"),
        ("company", "country"),
        ("lead", "currency"),
    ):
        at = next(i for i, c in enumerate(columns) if (c.record, c.name) == (record, name))
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]
        assert f'sqref="{letter}4:{letter}' in first


def test_a_text_too_long_for_a_cell_is_told(tmp_path: Path) -> None:
    with workspace() as ours:
        company = Company(name="Lang AG")
        ours.add(company)
        ours.flush()
        ours.add(Lead(company_id=company.id, notes="长" * 40_000))
        ours.commit()

        done = leads_to(ours, tmp_path / "long.xlsx")

        assert [(c.row, c.column) for c in done.cuts] == [(4, "备注")]
        assert len(sheet_rows(tmp_path / "long.xlsx")[3][17]) == 32767


def test_a_place_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with workspace() as ours:
        full_workspace(ours)
        with pytest.raises(DeskError, match="cannot_write"):
            leads_to(ours, tmp_path / "gone" / "leads.xlsx")
        with pytest.raises(DeskError, match="cannot_write"):
            leads_to(ours, Path("/dev/full/leads.xlsx"))
        assert list(tmp_path.iterdir()) == []


def test_an_export_given_up_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    beside = tmp_path / "beside"
    beside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(beside))
    with workspace() as ours:
        company = Company(name="Rheintal AG")
        ours.add(company)
        ours.flush()
        ours.add_all(Lead(company_id=company.id, title=f"{n}") for n in range(150))
        ours.commit()
        with pytest.raises(Cancelled):
            leads_to(ours, tmp_path / "leads.xlsx", progress=stop)

    assert [p.name for p in tmp_path.rglob("*")] == ["beside"]


TEXTS = (
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=60
    )
    | st.sampled_from(["=1", "+41", "-", "@x", "—", "无", "待定", "0", "1e5", "2026-01-01", "是"])
).map(lambda text: clean_text(text) or None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS, min_size=6, max_size=6),
    amount=st.none() | st.integers(0, 10**16),
    currency=st.none() | st.sampled_from(["CNY", "JPY", "EUR"]),
    day=st.none() | st.dates(),
    lang=st.sampled_from(LANGUAGES),
)
def test_any_text_day_and_sum_comes_back(
    texts: list[str | None],
    amount: int | None,
    currency: str | None,
    day: dt.date | None,
    lang: str,
    tmp_path: Path,
) -> None:
    with workspace() as ours, workspace() as theirs:
        company = Company(name=texts[0] or "X", name_zh=texts[1], postcode=texts[2])
        ours.add(company)
        ours.flush()
        ours.add(Contact(company_id=company.id, name=texts[3] or "Y", phone=texts[4]))
        ours.add(
            Lead(
                company_id=company.id,
                title=texts[5],
                notes=texts[4],
                blocker=texts[3],
                amount_minor=amount,
                currency=currency,
                first_reported_on=day,
                stage="lead",
            )
        )
        ours.commit()
        leads_to(ours, tmp_path / "any.xlsx", lang)

        import_into(theirs, tmp_path / "any.xlsx")

        assert content(theirs, Company, Contact, Lead) == content(ours, Company, Contact, Lead)


def test_codes_the_program_does_not_know_stay_what_they_are(tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        company = filled(Company, country="XK", chain="hydrogen", kind="fund")
        ours.add(company)
        ours.flush()
        ours.add(Lead(company_id=company.id, chain="hydrogen", stage="lead"))
        ours.commit()
        leads_to(ours, tmp_path / "codes.xlsx", "en")

        import_into(theirs, tmp_path / "codes.xlsx")

        assert content(theirs, Company, Lead) == content(ours, Company, Lead)
