"""What a line or a pasted text is taken for, about whom, and what is kept of it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Contact, FollowUp, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.quick_capture import (
    Capture,
    keep_contact,
    keep_follow_up,
    keep_note,
    read_capture,
)

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = Workspace.open(tmp_path)
    with opened.write("data") as session:
        for name, name_zh, site, person, mail in (
            ("Brunner Präzision AG", "布伦纳精密", "https://www.brunner.example", "Urs Brunner",
             "u.brunner@brunner.example"),
            ("Uetliberg Robotik AG", "", "uetliberg.example", "Anna Keller", ""),
            ("恒川液压有限公司", "恒川液压有限公司", "", "顾明", ""),
            ("China Group Ltd", "", "", "Li Lei", ""),
        ):  # fmt: skip
            company = Company(name=name, name_zh=name_zh, website=site)
            session.add(company)
            session.flush()
            session.add(Contact(company_id=company.id, name=person, email=mail))
            session.add(Lead(company_id=company.id, title=f"{name}项目", status="active"))
    return opened


def _read(workspace: Workspace, text: str) -> Capture:
    with workspace.look() as connection:
        return read_capture(connection, text, TODAY)


def test_a_line_with_a_day_is_a_follow_up_on_the_right_lead(workspace: Workspace) -> None:
    found = _read(workspace, "下周三 给 Brunner 寄地块方案")
    assert (found.kind, found.due_on, found.title) == (
        "follow_up", dt.date(2026, 12, 2), "给 Brunner 寄地块方案",
    )  # fmt: skip
    assert [one.company for one in found.candidates] == ["Brunner Präzision AG"]


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("布伦纳精密来电，想看二期地块", "Brunner Präzision AG"),
        ("Spoke to BRUNNER PRAEZISION about land", "Brunner Präzision AG"),
        ("From: info@uetliberg.example\nWe like the site", "Uetliberg Robotik AG"),
        ("Ms Keller wants a call", "Uetliberg Robotik AG"),
        ("恒川液压要求提前供电", "恒川液压有限公司"),
    ],
)
def test_the_lead_is_guessed_by_name_address_or_person(
    workspace: Workspace, text: str, company: str
) -> None:
    assert _read(workspace, text).candidates[0].company == company


@pytest.mark.parametrize(
    "text", ["", "China is far", "The group will meet", "想看地", "a@gmail.com"]
)
def test_no_lead_is_made_up(workspace: Workspace, text: str) -> None:
    assert _read(workspace, text).candidates == []


def test_a_signature_is_a_contact_of_the_company_that_is_known(workspace: Workspace) -> None:
    text = "Beat Meier\nCFO\nBrunner Präzision AG\n+41 44 123 45 67\nb.meier@brunner.example"
    found = _read(workspace, text)
    assert found.kind == "contact"
    (candidate, *_more) = found.candidates
    with workspace.write("keep") as session:
        made = keep_contact(session, candidate.company_id, vars(found.person))
    with workspace.read() as session:
        contact = session.get(Contact, made)
        assert contact is not None
        assert (contact.name, contact.title, contact.email) == (
            "Beat Meier", "CFO", "b.meier@brunner.example",
        )  # fmt: skip
        assert contact.company_id == candidate.company_id
        assert session.query(Company).count() == 4


def test_a_company_that_is_not_known_is_made_with_its_person(workspace: Workspace) -> None:
    fields = {"name": "Giulia Ferrari", "company": "Sanlandri S.r.l.", "phone": "+39 059 123456"}
    with workspace.write("keep") as session:
        made = keep_contact(session, None, fields)
    with workspace.read() as session:
        contact = session.get(Contact, made)
        assert contact is not None
        company = session.get(Company, contact.company_id)
        assert company is not None
        assert company.name == "Sanlandri S.r.l."


def test_a_note_goes_under_its_day_to_the_notes_that_are_there(workspace: Workspace) -> None:
    lead = _read(workspace, "Brunner").candidates[0].lead_id
    for text in ("第一次来电", "second call"):
        with workspace.write("keep") as session:
            keep_note(session, text, lead, TODAY)
    with workspace.read() as session:
        found = session.get(Lead, lead)
        assert found is not None
        assert found.notes == "2026-11-23 第一次来电\n2026-11-23 second call"


def test_a_follow_up_is_kept_on_the_lead_and_its_company(workspace: Workspace) -> None:
    candidate = _read(workspace, "Brunner").candidates[0]
    with workspace.write("keep") as session:
        keep_follow_up(session, "寄方案", TODAY, candidate.lead_id, None)
    with workspace.read() as session:
        kept = session.query(FollowUp).one()
        assert (kept.title, kept.due_on, kept.company_id) == ("寄方案", TODAY, candidate.company_id)
        lead = session.get(Lead, candidate.lead_id)
        assert lead is not None
        assert lead.next_on == TODAY


def test_what_is_missing_is_told_and_nothing_is_kept(workspace: Workspace) -> None:
    refused: tuple[tuple[Callable[[Session], str], str], ...] = (
        (lambda s: keep_note(s, "text", None, TODAY), "capture_no_lead"),
        (lambda s: keep_note(s, "  ", None, TODAY), "capture_empty"),
        (lambda s: keep_follow_up(s, "", TODAY, None, None), "capture_empty"),
        (lambda s: keep_contact(s, None, {"company": "X AG"}), "capture_empty"),
    )
    for verb, key in refused:
        with pytest.raises(DeskError, match=key), workspace.write("no") as session:
            verb(session)
    with workspace.read() as session:
        assert session.query(Company).count() == 4
