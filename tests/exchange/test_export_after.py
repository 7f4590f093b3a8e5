"""Ledgers of what comes after signing are read back: every field, in both languages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Event,
    Facility,
    Lead,
    Meeting,
    Member,
)
from desktop_app.exchange.export_ledger import export_after, export_leads
from desktop_app.i18n import LANGUAGES
from desktop_app.services.lookup import clean_text
from tests.exchange.round_trip import content, filled, import_into, workspace

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
KINDS = ("cases", "approvals", "facilities", "capital-receipts")
MODELS: tuple[type[Base], ...] = (
    Case, Approval, ApprovalService, Facility, CapitalReceipt, Lead, Company, Member,
)  # fmt: skip
WORDS: dict[str, dict[str, Any]] = {
    "case": {
        "category": "用地二级", "state": "confirmed", "raised_by": "visit", "supervision": "key",
        "progress_percent": 70, "planned_percent": 90,
    },
    "approval": {"kind": "construction_permit", "state": "applied", "template": "filing"},
    "approval_service": {"kind": "expert_review"},
    "facility": {"product": "park_guarantee"},
    "capital_receipt": {"kind": "equipment"},
}  # fmt: skip


def made(model: type[Base], number: int = 1, **given: Any) -> Any:
    return filled(model, number, **WORDS[model.__tablename__], **given)


def signed_project(session: Session) -> Lead:
    """A project with two of everything that comes after signing."""
    company, bank = Company(name="Häberling AG", name_zh="海柏林"), Company(name="=中国银行")
    event, member = Event(name="融资对接会"), Member(name="张伟", active=True)
    session.add_all((company, bank, event, member))
    session.flush()
    lead = Lead(company_id=company.id, title="液压阀", stage="signed", status="active")
    other = Lead(company_id=company.id, title="轴承", stage="lead", status="active")
    session.add_all((lead, other, Meeting(title="拜访海柏林")))
    session.flush()
    for number in (1, 2):
        approval = made(Approval, number, lead_id=lead.id, owner_id=member.id)
        credit = made(
            Facility, number, lead_id=lead.id, company_id=company.id, bank_id=bank.id,
            event_id=event.id,
        )  # fmt: skip
        session.add_all((approval, credit, made(Case, number, lead_id=lead.id, owner_id=member.id)))
        session.flush()
        session.add(
            made(
                ApprovalService,
                number,
                approval_id=approval.id,
                lead_id=lead.id,
                member_id=member.id,
            )
        )
        session.add(Facility(company_id=company.id, credit_id=credit.id, drawn_minor=5))
        session.add(made(CapitalReceipt, number, lead_id=lead.id, company_id=company.id))
    # What is hardly filled in, and two that look alike.
    session.add(Case(lead_id=other.id, title="用电"))
    session.add_all(Approval(lead_id=other.id, title="备案", cost_minor=12345) for _ in range(2))
    session.commit()
    return lead


def hand_over(ours: Session, theirs: Session, folder: Path, lang: str) -> None:
    """Export all ledgers and import them elsewhere, with leads and what else they name."""
    export_leads(ours, folder / "leads.xlsx", lang=lang, now=NOW)
    import_into(theirs, folder / "leads.xlsx")
    theirs.add_all((Company(name="=中国银行"), Event(name="融资对接会")))
    theirs.add(Meeting(title="拜访海柏林"))
    theirs.commit()
    for kind in KINDS:
        export_after(ours, folder / f"{kind}.xlsx", kind, lang=lang, now=NOW)
        result = import_into(theirs, folder / f"{kind}.xlsx")
        assert [p.to_json() for p in result.problems] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_comes_back(lang: str, tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        signed_project(ours)
        hand_over(ours, theirs, tmp_path, lang)
        assert content(theirs, *MODELS) == content(ours, *MODELS)


def test_the_same_ledgers_again_change_nothing_here_or_there(tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        signed_project(ours)
        hand_over(ours, theirs, tmp_path, "zh")
        for session in (ours, theirs):
            before = session.scalar(select(func.total_changes()))
            for kind in KINDS:
                assert import_into(session, tmp_path / f"{kind}.xlsx").created == 0
            assert session.scalar(select(func.total_changes())) == before


TEXTS = st.none() | st.text(max_size=30).map(clean_text).map(lambda text: text or None)
DAYS = st.none() | st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2200, 1, 1))
SUMS = st.none() | st.integers(-(10**14), 10**14)
CURRENCIES = st.sampled_from([None, "CNY", "EUR", "JPY", "CHF"])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data(), st.sampled_from(LANGUAGES))
def test_whatever_stands_in_a_case_and_an_approval_comes_back(
    tmp_path: Path, data: st.DataObject, lang: str
) -> None:
    with workspace() as ours, workspace() as theirs:
        company = Company(name="Eins AG")
        ours.add(company)
        ours.flush()
        lead = Lead(company_id=company.id, title="阀", stage="signed", status="active")
        ours.add(lead)
        ours.flush()
        texts = {"title": data.draw(TEXTS), "notes": data.draw(TEXTS)}
        ours.add(
            Case(
                lead_id=lead.id,
                **texts,
                category=data.draw(st.sampled_from([None, "land", "其他", "甲 乙"])),
                raised_on=data.draw(DAYS),
                progress_percent=data.draw(st.none() | st.integers(-5, 100)),
                outcome=data.draw(TEXTS),
            )
        )
        approval = Approval(
            lead_id=lead.id,
            **texts,
            cost_minor=data.draw(SUMS),
            currency=data.draw(CURRENCIES),
            area_m2=data.draw(SUMS),
            applied_on=data.draw(DAYS),
        )
        ours.add(approval)
        ours.flush()
        ours.add(ApprovalService(approval_id=approval.id, lead_id=lead.id, outcome=texts["notes"]))
        ours.commit()
        expected = content(ours, *MODELS)
        hand_over(ours, theirs, tmp_path, lang)
        theirs.delete(theirs.scalars(select(Company).where(Company.name == "=中国银行")).one())
        theirs.commit()
        # An own category that is called like one of ours is that one.
        for case in expected["case"]:
            case["category"] = {"其他": "other"}.get(case["category"], case["category"])
        assert content(theirs, *MODELS) == expected
