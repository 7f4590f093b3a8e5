"""The contact sheet: every person with a code that a phone reads as their card."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from desktop_app.db.workspace import Workspace
from desktop_app.domain.card_text import card_text
from desktop_app.reports import contact_sheet
from desktop_app.reports.contact_qr import SIZE, card_of, side, squares
from desktop_app.reports.contact_sheet import Sheet
from desktop_app.services import companies, trips
from tests.reports import paper_tools
from tests.reports.page_checks import outside, overlaps
from tests.reports.paper_tools import TEAM, flat, order, pages
from tests.reports.sample_trip import VISITS, add_people, add_sample_trip, moment

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])


def read(workspace: Workspace, trip_id: str, lang: str = "zh") -> Sheet:
    with workspace.read() as session:
        return contact_sheet.read(session, trip_id, order(lang), Path())


def write(facts: Sheet, path: Path, lang: str = "zh", **more: Any) -> str:
    """Write the sheet and return its text."""
    paper_tools.write("contact-sheet", facts, path, lang, **more)
    assert overlaps(path) == []
    assert outside(path, 48, 28, 36) == []
    return flat("".join(pages(path)))


def scanned(path: Path, dpi: int = 200) -> list[str]:
    """Return what a reader finds in the codes of all pages, seen as a phone sees print."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    document.close()
    return found


@pytest.fixture
def trip_id(workspace: Workspace) -> str:
    with workspace.write("plan a trip") as session:
        return add_sample_trip(session)


@LANGUAGES
def test_everybody_is_on_the_sheet_and_their_codes_hold_their_cards(
    workspace: Workspace, trip_id: str, tmp_path: Path, lang: str
) -> None:
    facts = read(workspace, trip_id, lang)
    text = write(facts, tmp_path / "a.pdf", lang)
    people = [*facts.theirs, *facts.ours]
    assert len(people) == 2 * len(VISITS) + 5
    codes = scanned(tmp_path / "a.pdf")
    assert sorted(codes) == sorted(card_text(one.fields, one.company) for one in people)
    assert any("FN:Jürg Brunner" in code and "TITLE:董事长" in code for code in codes)
    assert any("Kühnfeld Antriebe SE" in code for code in codes)
    ours = "FN:Shan Jing" if lang == "en" else "FN:单静"
    assert any(ours in code and f"ORG:{TEAM}" in code for code in codes)
    for one in people:
        for name in ("name", "title", "mobile", "phone", "email"):
            assert flat(str(one.fields.get(name) or "")) in text
        assert flat(str(one.company["name"])) in text


def test_a_code_is_large_enough_for_phones() -> None:
    person = {"name": "Dr. Jürg-Maximilian von Brunnenthal", "title": "Vorsitzender " * 3,
              "mobile": "+41 79 000 00 00", "phone": "+41 44 000 00 00",
              "email": "juerg.brunnenthal@rheintal-hydraulik.example"}  # fmt: skip
    text, cut = card_of(person, {"name": "Rheintal Hydraulik International Holding AG"})
    assert not cut
    # Both the whole and its single squares, in millimetres.
    assert SIZE / 72 * 25.4 >= 24
    assert SIZE / 72 * 25.4 / (side(text) + 8) > 0.33
    assert len(squares(text)) == side(text)


def test_a_card_too_long_for_a_code_drops_what_matters_least(tmp_path: Path) -> None:
    person = {"name": "名" * 500, "title": "长" * 400, "mobile": "+41 79 000 00 00",
              "email": "a@b.example"}  # fmt: skip
    text, cut = card_of(person, {"name": "Rheintal AG"})
    assert cut
    assert "TITLE" not in text
    assert "+41 79 000 00 00" in text
    assert "ORG:Rheintal AG" in text
    assert text.count("名") < 500
    everything = dict.fromkeys(("name", "title", "mobile", "phone", "email"), "很" * 10000)
    assert side(card_of(everything, {"name": "很" * 10_000})[0]) <= 77


@LANGUAGES
def test_forty_people_run_over_pages_and_no_card_is_parted(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    with workspace.write("many") as session:
        trip = add_sample_trip(session, 0)
        company = companies.add_company(session, name="Große Runde GmbH", name_zh="大圆桌")
        people = {
            companies.add_contact(
                session, company_id=company, name=f"Gast {n:02}", mobile=f"+49 {n}"
            )
            for n in range(40)
        }
        meeting = trips.plan_meeting(session, trip, company, moment(18, 9))
        trips.set_attendees(session, meeting, people, set())
    write(read(workspace, trip, lang), tmp_path / "a.pdf", lang)
    found = [flat(page) for page in pages(tmp_path / "a.pdf")]
    assert len(found) == 4
    for number in range(40):
        page = next(page for page in found if f"Gast{number:02}" in page)
        assert f"+49{number}" in page
    assert len(scanned(tmp_path / "a.pdf")) == 45


@LANGUAGES
def test_awkward_texts_keep_within_their_cards(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    long = "Präzisions" * 30
    with workspace.write("awkward") as session:
        trip = trips.add_trip(session, title="<b>A & B</b> " + long, title_en=long)
        company = companies.add_company(session, name=long, name_zh="很长" * 500)
        who = {
            companies.add_contact(
                session, company_id=company, name="<i>A & B</i> \\; , 😀", name_zh="喆堃㛃",
                title=long, email=long, mobile="1" * 300, phone="2" * 300,
            )
        }  # fmt: skip
        meeting = trips.plan_meeting(session, trip, company, moment(18, 9))
        trips.set_attendees(session, meeting, who, set())
    facts = read(workspace, trip, lang)
    text = write(facts, tmp_path / "a.pdf", lang)
    assert flat("<i>A & B</i>") in text
    assert "喆堃㛃" in text
    assert len(scanned(tmp_path / "a.pdf")) == 1
    found = {gap.key: gap for gap in contact_sheet.gaps(facts, order(lang))}
    assert "😀" in found["reports.gap_glyphs"].sentence("zh")
    assert found["reports.gap_contact_code"].record_id in who


@LANGUAGES
def test_a_trip_without_anybody_says_so(workspace: Workspace, tmp_path: Path, lang: str) -> None:
    with workspace.write("empty") as session:
        trip = trips.add_trip(session)
    facts = read(workspace, trip, lang)
    text = write(facts, tmp_path / "a.pdf", lang)
    assert text.count("Nobodyyet" if lang == "en" else "没有人员") == 2
    assert scanned(tmp_path / "a.pdf") == []
    found = {(gap.key, gap.kind, gap.record_id) for gap in contact_sheet.gaps(facts, order(lang))}
    assert found == {
        ("reports.gap_contact_theirs", "trips", trip),
        ("reports.gap_delegates", "trips", trip),
    }


def test_gaps_lead_to_the_person(workspace: Workspace) -> None:
    with workspace.write("gaps") as session:
        trip = trips.add_trip(session, title="赴德国")
        add_people(session, trip)
        person = companies.add_contact(session, name="Beat Frei", phone="+41 1")
        meeting = trips.plan_meeting(session, trip, None, moment(18, 9), title="座谈")
        trips.set_attendees(session, meeting, {person}, set())
    gaps = contact_sheet.gaps(read(workspace, trip), order())
    theirs = [(gap.key, gap.column) for gap in gaps if gap.record_id == person]
    assert theirs == [("reports.gap_contact_email", "email")]
    assert [gap.kind for gap in gaps].count("delegates") == 5
    assert "Beat Frei" in next(gap for gap in gaps if gap.record_id == person).sentence("en")


def test_one_side_can_be_left_out_and_the_other_is_in_the_outline(
    workspace: Workspace, trip_id: str, tmp_path: Path
) -> None:
    facts = read(workspace, trip_id)
    text = write(facts, tmp_path / "a.pdf", left_out=frozenset({"contact_ours"}))
    assert "ShanJing" not in text
    entries = [one.get_title() for one in pypdfium2.PdfDocument(tmp_path / "a.pdf").get_toc()]
    assert entries == ["赴瑞士、德国、意大利招商活动", "对方人员"]


def test_the_same_data_give_the_same_bytes(
    workspace: Workspace, trip_id: str, tmp_path: Path
) -> None:
    for name in ("a.pdf", "b.pdf"):
        write(read(workspace, trip_id, "both"), tmp_path / name, "both")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
