"""Contacts as cards: phones take them, and an import reads them back."""

from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.db.models import Company, Contact
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.export_cards import export_contacts
from desktop_app.services.lookup import clean_text
from tests.exchange.round_trip import content, filled, full_workspace, import_into, workspace

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\;,:n\n =")).map(
    lambda text: clean_text(text) or None
)


def test_every_field_of_a_contact_comes_back(tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        company = Company(name="Häberling, Söhne; Co", name_zh="联博\\液压")
        ours.add(company)
        ours.flush()
        ours.add_all(filled(Contact, n, company_id=company.id) for n in (1, 2))
        ours.add(Contact(name_zh="魏清扬"))
        ours.commit()

        assert export_contacts(ours, tmp_path / "people.vcf") == 3
        result = import_into(theirs, tmp_path / "people.vcf")

        assert (result.created, result.problems) == (3, [])
        assert content(theirs, Contact, Company) == content(ours, Contact, Company)
        assert import_into(theirs, tmp_path / "people.vcf").contacts == 0
        assert content(theirs, Contact, Company) == content(ours, Contact, Company)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=11, max_size=11))
def test_any_text_comes_back(texts: list[str | None], tmp_path: Path) -> None:
    with workspace() as ours, workspace() as theirs:
        columns = [c.name for c in Contact.__table__.columns if not c.foreign_keys]
        names = [n for n in columns if n not in ("id", "deleted", "decision_role")]
        values = dict(zip(names, texts, strict=False))
        ours.add(Contact(**{**values, "name": values["name"] or "X"}))
        ours.commit()

        export_contacts(ours, tmp_path / "any.vcf")
        import_into(theirs, tmp_path / "any.vcf")

        assert content(theirs, Contact) == content(ours, Contact)


def test_a_phone_finds_what_it_knows_and_lines_are_folded(tmp_path: Path) -> None:
    with workspace() as ours:
        company = Company(name="Rheintal Medical AG")
        ours.add(company)
        ours.flush()
        ours.add(
            Contact(
                company_id=company.id,
                name="Dr. Søren van der Berg",
                name_zh="索伦",
                title="CEO",
                phone="+41445550120",
                mobile="+41791234567",
                email="s@example.com",
                notes="很长的备注，" * 40,
            )
        )
        ours.commit()

        export_contacts(ours, tmp_path / "one.vcf")

    data = (tmp_path / "one.vcf").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    card = vobject.readOne(data.decode())
    assert card.version.value == "3.0"
    assert card.fn.value == "Dr. Søren van der Berg"
    assert (card.n.value.family, card.n.value.given) == ("van der Berg", "Søren")
    assert card.nickname.value == "索伦"
    assert card.org.value == ["Rheintal Medical AG"]
    assert {tuple(t.params["TYPE"]): t.value for t in card.tel_list} == {
        ("WORK", "VOICE"): "+41445550120",
        ("CELL", "VOICE"): "+41791234567",
    }
    assert card.note.value == "很长的备注，" * 40


def test_only_those_asked_for_are_written(tmp_path: Path) -> None:
    with workspace() as ours:
        full_workspace(ours)
        one = ours.query(Contact).filter(Contact.wechat.endswith(" 2")).one().id

        assert export_contacts(ours, tmp_path / "one.vcf", ids=[one]) == 1
        assert (tmp_path / "one.vcf").read_text("utf-8").count("BEGIN:VCARD") == 1


def test_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    with workspace() as ours, pytest.raises(DeskError, match="cannot_write"):
        export_contacts(ours, tmp_path / "gone" / "x.vcf")
