"""Ledgers of several teams, each as messy in its own way, become the leads they mean."""

import datetime as dt
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Contact, FollowUp, Lead, LeadStage, Member
from desktop_app.exchange.ledger_import import apply_import, open_ledger, plan_import
from desktop_app.paths import resource
from tests.exchange.conftest import TODAY, ImportFile
from tests.exchange.ledgers import chinese_ledger, english_csv, german_ledger, write_sheets

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LeadOf = Callable[[str], Lead]


@pytest.fixture
def demo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demo", PACKAGING / "build_demo_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclass looks its own module up by name.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "demo", module)
        spec.loader.exec_module(module)
    return module


def test_the_sample_ledger_becomes_exactly_the_leads_it_was_made_of(
    demo: ModuleType, session: Session, import_file: ImportFile
) -> None:
    result = import_file(resource("demo", "ledger.xlsx")).to_json()

    assert (result["read"], result["created"], result["merged"]) == (33, 30, 3)
    assert result["contacts"] == 15
    found = {
        (
            lead.company.name,
            lead.company.country,
            lead.stage,
            lead.amount_minor,
            lead.currency,
            lead.first_reported_on,
            lead.owner.name,
        )
        for lead in session.scalars(select(Lead))
        if lead.company and lead.owner
    }
    expected = {
        (e.company, e.country, e.stage, e.amount_minor, e.currency, e.first_on, e.owner)
        for e in demo.LEADS
    }
    assert found == expected


def test_the_sample_ledger_is_what_its_builder_writes(demo: ModuleType, tmp_path: Path) -> None:
    demo.write_ledger(tmp_path / "again.xlsx")

    again = open_ledger(tmp_path / "again.xlsx", TODAY)
    shipped = open_ledger(resource("demo", "ledger.xlsx"), TODAY)

    assert [table.rows for table, _ in again] == [table.rows for table, _ in shipped]


def test_importing_a_ledger_again_changes_nothing(
    session: Session, import_file: ImportFile
) -> None:
    def everything() -> list[object]:
        tables = (Lead, Company, Contact, LeadStage, FollowUp, Member)
        counts: list[object] = [session.scalar(select(func.count(m.id))) for m in tables]
        return [*counts, sorted((x.id, x.notes, x.title) for x in session.scalars(select(Lead)))]

    import_file(resource("demo", "ledger.xlsx"))
    before = everything()

    again = import_file(resource("demo", "ledger.xlsx"))

    assert (again.created, again.merged, again.contacts) == (0, 33, 0)
    assert everything() == before


def test_a_german_list_with_headings_in_two_rows_is_read(
    tmp_path: Path, session: Session, import_file: ImportFile, lead_of: LeadOf
) -> None:
    result = import_file(german_ledger(tmp_path / "liste.xlsx"))

    assert (result.read, result.created, result.contacts) == (3, 3, 2)
    first = lead_of("Falkenried Anlagenbau GmbH")
    assert (first.amount_minor, first.currency) == (12_500_000_00, "EUR")
    assert first.first_reported_on == dt.date(2026, 2, 3)
    assert first.next_on == dt.date(2026, 12, 15)
    assert (first.stage, first.source, first.chain) == ("negotiating", "expo", "high_end_equipment")
    assert first.company is not None
    assert (first.company.country, first.company.city) == ("DE", "Ulm")
    assert lead_of("Tschudi Implantate AG").amount_minor == 1_250_750_000_00
    assert lead_of("Tschudi Implantate AG").first_reported_on == dt.date(2026, 3, 5)
    person = session.scalars(select(Contact).where(Contact.name == "Dr. Uwe Ahrens")).one()
    assert person.phone == "+497315550120"
    last = lead_of("Bressan Macchine S.r.l.")
    assert last.notes == "Termin Wiedervorlage：31.02.2027"
    assert [(p.row, p.value) for p in result.problems] == [(8, "31.02.2027")]


def test_a_ledger_grouped_by_country_with_other_wording_is_read(
    tmp_path: Path, import_file: ImportFile, lead_of: LeadOf
) -> None:
    result = import_file(chinese_ledger(tmp_path / "线索.xlsx"))

    assert (result.read, result.created) == (3, 3)
    first = lead_of("Hessenberg Getriebe GmbH")
    assert first.company is not None
    assert (first.company.name_zh, first.company.country) == ("黑森伯格传动", "DE")
    assert (first.amount_minor, first.currency) == (100_000_000_00, "CNY")
    assert "意向投资规模（亿元）：1-2" in (first.notes or "")
    assert first.owner is not None
    assert first.first_reporter is not None
    assert (first.owner.name, first.first_reporter.name) == ("沈亦舟", "顾青禾")
    assert first.first_reported_on == dt.date(2026, 3, 5)
    second = lead_of("科尔马轻材")
    assert (second.amount_minor, second.currency) == (80_000_000_00, "EUR")
    assert (second.source, second.source_detail) == (None, "朋友介绍")
    third = lead_of("Vetreria Sant'Elmo S.p.A.")
    assert third.company is not None
    assert (third.company.country, third.stage, third.amount_minor) == ("IT", "lead", None)
    for words in ("目前进展：不了了之", "接洽时间：2026.2.30", "意向投资规模（亿元）：面议"):
        assert words in (third.notes or "")
    assert {(p.row, p.column) for p in result.problems if p.row == 9} == {
        (9, "目前进展"),
        (9, "行业类别"),
        (9, "接洽时间"),
        (9, "意向投资规模（亿元）"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_the_encoding_it_has(
    tmp_path: Path, import_file: ImportFile, lead_of: LeadOf, encoding: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(english_csv().replace("Leeds", "Zürich").encode(encoding))

    result = import_file(path)

    assert (result.created, result.problems) == (2, [])
    lead = lead_of("Harrow & Pike Ltd")
    assert lead.company is not None
    assert (lead.title, lead.company.city, lead.company.country) == ("Battery foil", "Zürich", "GB")
    assert (lead.amount_minor, lead.currency) == (25_000_000_00, "USD")
    assert lead.notes == "NACE：25.61"
    assert lead_of("Nordlys Pharma A/S").amount_minor == 4_500_000_00


def test_a_chinese_csv_in_gb18030_gives_phones_notes_and_dollars(
    tmp_path: Path, session: Session, import_file: ImportFile, lead_of: LeadOf
) -> None:
    path = tmp_path / "展会.csv"
    text = "公司,国家,展位,联系人,电话,意向(万美元)\n"
    text += "格林医疗器械有限公司,中国,8.1H-47,单先生,13904449511,8552\n"
    path.write_bytes(text.encode("gb18030"))

    import_file(path)

    lead = lead_of("格林医疗器械有限公司")
    assert (lead.amount_minor, lead.currency) == (85_520_000_00, "USD")
    assert lead.notes == "展位：8.1H-47"
    assert session.scalars(select(Contact.phone)).one() == "+8613904449511"


def test_a_file_is_told_by_its_content_not_by_its_name(
    tmp_path: Path, import_file: ImportFile
) -> None:
    german_ledger(tmp_path / "really.xlsx").rename(tmp_path / "workbook.csv")
    (tmp_path / "text.xlsx").write_text(english_csv(), encoding="utf-8")

    assert import_file(tmp_path / "workbook.csv").created == 3
    assert import_file(tmp_path / "text.xlsx").created == 2


def test_text_that_looks_like_a_formula_and_very_long_notes_stay_whole(
    tmp_path: Path, import_file: ImportFile, lead_of: LeadOf
) -> None:
    long = "很长的备注🙂 עברית <b>&" * 600
    rows: list[list[object]] = [
        ["企业名称", "国别", "投资额(万元)", "备注"],
        ["=Cmd GmbH", "德国", "=1+1", long],
        ["Tab\x07 & Söhne AG", "瑞士", 5000, "=HYPERLINK(1)"],
    ]
    import_file(write_sheets(tmp_path / "a.xlsx", {"表": rows}))

    assert lead_of("=Cmd GmbH").notes == long + "\n投资额(万元)：=1+1"
    assert lead_of("Tab & Söhne AG").notes == "=HYPERLINK(1)"
    assert lead_of("Tab & Söhne AG").amount_minor == 50_000_000_00


def test_each_stage_reached_is_kept_with_its_day(
    tmp_path: Path, session: Session, import_file: ImportFile
) -> None:
    rows = [
        ["企业名称", "国别", "阶段", "首次接触", "签约时间", "下次跟进", "下一步工作"],
        ["Alberswil AG", "瑞士", "开工", "2025.3.5", "2025-09-01", "2026-12-20", "送图纸"],
    ]
    import_file(write_sheets(tmp_path / "a.xlsx", {"表": rows}))

    reached = {s.stage: s.reached_on for s in session.scalars(select(LeadStage))}
    assert reached == {
        "lead": dt.date(2025, 3, 5),
        "signed": dt.date(2025, 9, 1),
        "started": None,
    }
    follow_up = session.scalars(select(FollowUp)).one()
    assert (follow_up.title, follow_up.due_on) == ("送图纸", dt.date(2026, 12, 20))


def test_a_damaged_name_is_kept_and_told(
    tmp_path: Path, session: Session, import_file: ImportFile
) -> None:
    path = tmp_path / "partner.csv"
    path.write_text("Firma;Land;Ort\n?????;Deutschland;Ulm\n?????;China;??\n", encoding="utf-8")

    result = import_file(path)

    assert (result.created, result.merged) == (2, 0)
    assert {(p.row, p.column) for p in result.problems} == {(2, "Firma"), (3, "Firma"), (3, "Ort")}


def test_of_a_ledger_only_the_people_may_be_wanted(tmp_path: Path, session: Session) -> None:
    tables = open_ledger(german_ledger(tmp_path / "liste.xlsx"), TODAY)

    plan = plan_import(session, tables, today=TODAY, kind="contacts")
    result = apply_import(session, plan)

    assert (result.read, result.created, result.contacts) == (3, 2, 2)
    assert [p.row for p in result.problems] == [8]
    assert session.scalar(select(func.count(Lead.id))) == 0
    assert session.scalar(select(func.count(Company.id))) == 2
