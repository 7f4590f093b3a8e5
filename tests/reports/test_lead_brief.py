"""The lead brief: every fact of a lead on one page, whatever the record holds."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.domain.words import STAGES
from desktop_app.i18n import word
from desktop_app.reports import lead_brief
from desktop_app.reports.lead_facts import LeadFacts, lead_facts
from desktop_app.services import companies, follow_ups, leads, members, records, trips
from tests.reports import paper_tools
from tests.reports.page_checks import outside, overlaps
from tests.reports.paper_tools import flat, order, pages
from tests.reports.sample_trip import day, moment

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])
TODAY = day(15)
PARTS = {"industry": 61, "technology": 72, "size": 83, "intensity": 44, "investor": 95,
         "environment": 36, "safety": 57, "land": 68, "planning": 79, "tax": 21,
         "jobs": 12}  # fmt: skip
COMPANY = {
    "name": "Rheintal Hydraulik AG",
    "name_zh": "莱恩液压",
    "country": "CH",
    "city": "Rorschach",
    "address": "Industriestrasse 14",
    "website": "www.rheintal.example",
    "founded_year": 1961,
    "employees": 1240,
    "revenue_minor": 31_000_000_000,
    "revenue_currency": "CHF",
    "description": "工程液压元件制造商，产品用于船舶与工程机械。",
    "china_footprint": "苏州设贸易公司（2014年）。",
}
LEAD = {
    "title": "莱恩液压中国生产基地",
    "chain": "marine",
    "amount_minor": 35_000_000_000,
    "currency": "CNY",
    "foreign_share_percent": 80,
    "source": "existing_investor",
    "introducer": "联博传动",
    "first_reported_on": dt.date(2026, 3, 9),
    "responded_on": dt.date(2026, 3, 10),
    "competitors": "苏州、无锡",
    "blocker": "蒸汽价格高于苏州。",
    "notes": "希望厂房带10吨行车。",
    "our_commitments": "代办环评与能评。",
    "their_commitments": "两年内达到约定产值。",
    "time_scale": "within_12_months",
    "decision_maker_met": True,
    "land_m2": 40_000,
    "plant_m2": 18_000,
    "energy_tce": 3_230,
    "output_minor": 36_000_000_000,
    "tax_minor": 1_800_000_000,
    "jobs": 215,
    "review_opinion": "建议在二期地块内安排。",
}


def add_company(session: Any, **more: Any) -> str:
    return companies.add_company(session, **(COMPANY | more))


def add_lead(session: Any, **more: Any) -> str:
    """Add a lead of which everything is known."""
    company = add_company(session)
    owner = members.add_member(session, name="单静")
    reporter = members.add_member(session, name="王敏")
    for name, title, role in (("Jürg Brunner", "董事长", "decision_maker"),
                              ("Chloé D’Angelo", "亚太副总裁", "influencer")):  # fmt: skip
        companies.add_contact(
            session, company_id=company, name=name, title=title, decision_role=role,
            mobile="+41 79 000 00 01", email=f"{role}@rheintal.example",
        )  # fmt: skip
    parts = {f"value_{name}": score for name, score in PARTS.items()}
    fields = LEAD | parts | {"owner_id": owner, "first_reporter_id": reporter} | more
    lead = leads.add_lead(session, company, **fields)
    leads.move_stage(session, lead, "negotiating", dt.date(2026, 6, 1), "已谈过两次", owner)
    for title, side, due in (("送地块比选方案", "ours", 24), ("提供能耗清单", "theirs", 6)):
        follow_ups.add_follow_up(
            session, title=title, side=side, due_on=day(due), lead_id=lead, owner_id=owner
        )
    done = follow_ups.add_follow_up(session, title="寄样品", due_on=day(2), lead_id=lead)
    follow_ups.complete(session, done, "对方已确认收到")
    trip = trips.add_trip(session, title="赴瑞士")
    for hour, title, outcome, status in ((9, "总部会谈", "约定十二月来访", "held"),
                                         (15, "再访", None, "planned")):  # fmt: skip
        trips.plan_meeting(
            session, trip, company, moment(hour, 9), title=title, outcome=outcome, status=status,
            lead_id=lead,
        )  # fmt: skip
    return lead


def facts_of(workspace: Workspace, lead: str) -> LeadFacts:
    with workspace.read() as session:
        return lead_facts(session, lead, TODAY, "zh")


@pytest.fixture
def facts(workspace: Workspace) -> LeadFacts:
    with workspace.write("a lead") as session:
        lead = add_lead(session)
    return facts_of(workspace, lead)


def write(facts: LeadFacts, path: Path, lang: str = "zh", **more: Any) -> str:
    """Write the page and return its text."""
    paper_tools.write("lead-brief", facts, path, lang, **more)
    found = pages(path)
    assert len(found) == 1
    assert overlaps(path) == []
    assert outside(path, 48, 28, 36) == []
    return flat(found[0])


@LANGUAGES
def test_every_fact_of_the_lead_is_on_its_page(facts: LeadFacts, tmp_path: Path, lang: str) -> None:
    text = write(facts, tmp_path / "a.pdf", lang)
    told = [COMPANY[name] for name in ("name", "name_zh", "city", "website", "description",
                                       "china_footprint", "address")]  # fmt: skip
    told += [LEAD[name] for name in ("title", "introducer", "competitors", "blocker", "notes",
                                     "our_commitments", "their_commitments",
                                     "review_opinion")]  # fmt: skip
    told += ["Jürg Brunner", "Chloé D’Angelo", "董事长", "亚太副总裁", "+41 79 000 00 01",
             "decision_maker@rheintal.example", "送地块比选方案", "提供能耗清单", "寄样品",
             "对方已确认收到", "总部会谈", "约定十二月来访", "再访", "单静", "王敏", "2026-06-01",
             "2026-11-24", "2026-11-06", "40,000 m²", "18,000 m²", "3,230", "215"]  # fmt: skip
    told += [str(score) for score in PARTS.values()] + ["×17", "×16"]
    told += ["3.5亿元", "3.6亿元", "1,800万元"] if lang != "en" else ["¥350m", "¥360m", "¥18m"]
    told += ["80%", str(facts.row.value), "1961", "1,240"]
    langs = ("zh", "en") if lang == "both" else (lang,)
    for one in langs:
        told += [word("stage", stage.value, one) for stage in STAGES]
        told += [word("country", "CH", one), word("chain", "marine", one)]
        told += [word("source", "existing_investor", one), word("decision_role", "influencer", one)]
        told += [word("time_scale", "within_12_months", one)]
    assert [value for value in told if flat(str(value)) not in text] == []


def test_what_is_late_what_comes_next_and_what_is_missing_stand_out(
    facts: LeadFacts, tmp_path: Path
) -> None:
    text = write(facts, tmp_path / "a.pdf", "en")
    assert "9dlate" in text
    assert flat("Site review still needs:") not in text
    bare = dataclasses.replace(facts, missing=["energy_tce", "jobs"])
    assert flat("Site review still needs: Energy (tce a year), Jobs") in write(
        bare, tmp_path / "b.pdf", "en"
    )


def test_the_points_of_the_readiness_add_up_to_its_grade(facts: LeadFacts) -> None:
    assert dict(facts.points) == {
        "time_scale": 3, "decision_maker_met": 3, "budget_approved": 0, "next_on": 5,
    }  # fmt: skip
    assert facts.row.readiness == "B"


@LANGUAGES
def test_texts_without_end_are_cut_and_the_page_says_so(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    word_ = "Präzisions" * 30
    note = "很长的备注，<b>Präzision</b> & 3.5亿元。" * 400
    with workspace.write("too much") as session:
        lead = add_lead(
            session,
            title=word_,
            blocker=note,
            notes=word_,
            competitors=note,
            our_commitments=note,
            their_commitments=note + word_,
            review_opinion=note,
            veto=True,
            veto_reason=note,
            introducer=word_,
        )
        company = facts_company(session, lead)
        companies.update_company(
            session, company, name=word_, name_zh="长" * 300, description=note,
            china_footprint=note, city=word_, address=note, website=word_,
        )  # fmt: skip
        for number in range(40):
            companies.add_contact(
                session, company_id=company, name=f"{word_}{number}", title=note, email=word_
            )
            follow_ups.add_follow_up(session, title=note, due_on=day(1), lead_id=lead)
            leads.move_stage(session, lead, "site_review", day(1), note)
    text = write(facts_of(workspace, lead), tmp_path / "a.pdf", lang)
    assert "…" in text
    assert flat("Longer texts" if lang == "en" else "较长的文字已缩短") in text
    assert flat("<b>Präzision</b> &") in text or flat("很长的备注") in text


def facts_company(session: Any, lead: str) -> str:
    """Return the company of a lead."""
    return str(lead_facts(session, lead, TODAY, "zh").row.company_id)


@LANGUAGES
def test_a_lead_of_which_nothing_is_known_has_its_page(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    with workspace.write("bare") as session:
        lead = leads.add_lead(session, companies.add_company(session, name="Nova AG"))
    facts = facts_of(workspace, lead)
    text = write(facts, tmp_path / "a.pdf", lang)
    assert "NovaAG" in text
    assert flat("Nothing recorded yet" if lang == "en" else "尚无记录") in text
    found = {(gap.key, gap.kind, gap.column) for gap in lead_brief.gaps(facts, order(lang))}
    assert {
        ("reports.gap_lead_amount", "leads", "amount_minor"),
        ("reports.gap_lead_owner", "leads", "owner_id"),
        ("reports.gap_lead_next", "leads", "next_on"),
        ("reports.gap_lead_value", "leads", "value_industry"),
        ("reports.gap_lead_place", "companies", "city"),
        ("reports.gap_lead_people", "companies", ""),
        ("reports.gap_lead_gate", "leads", "verdict"),
    } <= found
    for gap in lead_brief.gaps(facts, order(lang)):
        assert gap.sentence("zh") != gap.sentence("en")


def test_gaps_name_the_person_and_the_signs(workspace: Workspace) -> None:
    with workspace.write("a lead") as session:
        lead = add_lead(session, blocker="😀")
        company = facts_company(session, lead)
        person = companies.add_contact(session, company_id=company, name="Beat Frei")
    found = {gap.key: gap for gap in lead_brief.gaps(facts_of(workspace, lead), order())}
    assert found["reports.gap_reach"].record_id == person
    assert "Beat Frei" in found["reports.gap_reach"].sentence("en")
    assert "😀" in found["reports.gap_glyphs"].sentence("zh")
    assert "reports.gap_lead_amount" not in found


def test_sections_can_be_left_out_and_the_others_are_in_the_outline(
    facts: LeadFacts, tmp_path: Path
) -> None:
    left_out = frozenset({"lead_scores", "lead_timeline"})
    text = write(facts, tmp_path / "a.pdf", left_out=left_out)
    assert "最近进展" not in text
    assert "价值分" not in text
    entries = [entry.get_title() for entry in pypdfium2.PdfDocument(tmp_path / "a.pdf").get_toc()]
    assert entries == [
        "莱恩液压", "企业简况", "诉求、卡点与承诺", "待办与承诺", "关键人物", "需求与测算",
    ]  # fmt: skip


@LANGUAGES
def test_the_same_data_give_the_same_bytes(facts: LeadFacts, tmp_path: Path, lang: str) -> None:
    write(facts, tmp_path / "a.pdf", lang)
    write(facts, tmp_path / "b.pdf", lang)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_our_people_are_named_in_the_language_of_the_paper(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write("lead") as session:
        lead = add_lead(session)
        for one in members.member_rows(session):
            records.update(session, "members", one.id, name_en={"单静": "Shan Jing"}.get(one.name))
    with workspace.read() as session:
        facts = lead_brief.read(session, lead, order("en"), tmp_path)
    paper_tools.write("lead-brief", facts, tmp_path / "a.pdf", "en")
    text = " ".join("".join(pages(tmp_path / "a.pdf")).split())
    assert "Shan Jing" in text
    assert "单静" not in text
    # Who has no name in Latin letters is named as they are.
    assert "王敏" in text
