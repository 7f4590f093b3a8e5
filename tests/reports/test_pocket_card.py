"""The pocket card: A6, each day whole, every address and number that somebody may need."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.reports import pocket_card
from desktop_app.reports.geometry import A6_PAGE
from desktop_app.reports.trip_facts import Briefing, briefing_facts
from desktop_app.services import companies, trips
from desktop_app.services.trips import TripDetail, trip_detail
from tests.reports import paper_tools
from tests.reports.page_checks import outside, overlaps, signs
from tests.reports.paper_tools import flat, order, pages
from tests.reports.sample_trip import STOPS, VISITS, add_people, add_sample_trip, add_visit, moment

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])


def write(facts: Briefing, path: Path, lang: str = "zh", **more: Any) -> list[str]:
    """Write the card and return the text of its pages."""
    paper_tools.write("pocket-card", facts, path, lang, **more)
    assert overlaps(path) == []
    assert outside(path, A6_PAGE.margin, 0.4 * A6_PAGE.foot, 0.8 * A6_PAGE.margin) == []
    return [flat(page) for page in pages(path)]


def facts_of(workspace: Workspace, trip_id: str) -> Briefing:
    with workspace.read() as session:
        return briefing_facts(trip_detail(session, trip_id))


@LANGUAGES
def test_every_number_and_address_is_on_the_card(
    detail: TripDetail, tmp_path: Path, lang: str
) -> None:
    facts = briefing_facts(detail)
    text = "".join(write(facts, tmp_path / "a.pdf", lang))
    told = ["112", "+86-10-12308", "144", "110", "118", "领队单静 +86 138 0000 0000"]
    told += [visit[2] for visit in VISITS] + [visit[6] for visit in VISITS]
    told += [stop[8] for stop in STOPS] + ["Bahnhofplatz 7", "+41 44 000 00 00"]
    told += ["+41 79 000 00 00", "Jürg Brunner", "LX 189", "上海浦东 → Zürich", "14:30–16:00"]
    told += ["23:50–06:10 (+1)", "单静" if lang != "en" else "Shan Jing", "苏黎世13:05火车"]
    assert [one for one in told if flat(one) not in text] == []


@LANGUAGES
def test_each_day_stays_together(detail: TripDetail, tmp_path: Path, lang: str) -> None:
    found = write(briefing_facts(detail), tmp_path / "a.pdf", lang, left_out=frozenset(
        {"pocket_hotels", "pocket_legs"}))  # fmt: skip
    assert found[0].count("112") >= 1
    first = "Day1" if lang == "en" else "第1天"
    assert first not in found[0]
    assert first in found[1]
    for number, (date, hour, name, *_, address) in enumerate(VISITS):
        # The head of the day, the meeting and the night's hotel are on one page.
        page = next(page for page in found if flat(name) in page)
        assert f"11月{date}日" in page or f"{date}Nov" in page, number
        assert flat(address) in page
        assert f"{hour:02}:30" in page


def test_a_day_without_meetings_still_says_where_to_sleep(
    detail: TripDetail, tmp_path: Path
) -> None:
    text = "".join(write(briefing_facts(detail), tmp_path / "a.pdf"))
    # Nothing happens on the 21st, but for the night in Munich.
    assert re.search(r"11月21日周六慕尼黑第6天住宿HotelIsartor", text)


def test_the_pages_are_a6_with_type_to_read(detail: TripDetail, tmp_path: Path) -> None:
    write(briefing_facts(detail), tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert {tuple(round(x) for x in page.get_size()) for page in document} == {(298, 420)}
    entries = [entry.get_title() for entry in document.get_toc()]
    assert "应急电话" in entries
    assert "11月18日 周三 苏黎世" in entries
    assert len(entries) == len(set(entries))
    low = A6_PAGE.height - A6_PAGE.foot
    heights = [one.bottom - one.top for one in signs(tmp_path / "a.pdf") if one.bottom < low]
    assert min(heights) > 6.4


def test_forty_meetings_on_a_day_run_over_pages_that_repeat_the_day(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write("a full day") as session:
        trip_id = add_sample_trip(session, 0)
        for number in range(40):
            company = companies.add_company(session, name=f"Firma {number:02} AG", phone="+49 1")
            trips.plan_meeting(session, trip_id, company, moment(18, 8, number), address="Gasse 1")
    found = write(facts_of(workspace, trip_id), tmp_path / "a.pdf")
    full = [page for page in found if "Firma" in page]
    assert len(full) > 3
    assert all("11月18日" in page for page in full)
    assert all(f"Firma{number:02}AG" in "".join(full) for number in range(40))
    assert "☎+491" in full[0]


@LANGUAGES
def test_awkward_texts_are_printed_as_they_are(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    mark_up, word, note = "<b>A & B</b> </para>", "Präzisions" * 30, "很长的备注，3.5亿元。" * 800
    with workspace.write("awkward") as session:
        trip_id = trips.add_trip(session, title=mark_up, emergency_numbers=note)
        trips.add_stop(session, trip_id, city=word, country="DE", hotel=word, hotel_address=note)
        trips.plan_meeting(session, trip_id, None, moment(18, 9), title=word, address=mark_up)
        trips.plan_meeting(session, trip_id, None, None, title=mark_up, transfer=note)
        trips.add_leg(session, trip_id, from_place=word, to_place=mark_up, notes=note)
    text = "".join(write(facts_of(workspace, trip_id), tmp_path / "a.pdf", lang))
    assert flat(mark_up) in text
    assert word in text
    assert text.count("很长的备注") >= 3 * 800


@LANGUAGES
def test_an_empty_trip_still_has_the_numbers(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    with workspace.write("empty") as session:
        trip_id = trips.add_trip(session)
    facts = facts_of(workspace, trip_id)
    (page,) = write(facts, tmp_path / "a.pdf", lang)
    assert "112" in page
    assert "+86-10-12308" in page
    found = {(gap.key, gap.column) for gap in pocket_card.gaps(facts, order(lang))}
    assert found == {
        ("reports.gap_dates", "starts_on"),
        ("reports.gap_pocket_numbers", "emergency_numbers"),
        ("reports.gap_delegates", "delegates"),
        ("reports.gap_meetings", "meetings"),
    }


def test_gaps_lead_to_the_person_the_stop_and_the_meeting(workspace: Workspace) -> None:
    with workspace.write("gaps") as session:
        trip_id = trips.add_trip(session, title="赴德国", emergency_numbers="1")
        people = add_people(session, trip_id)
        stop = trips.add_stop(
            session, trip_id, city="Ulm", country="DE", arrives_on=moment(17, 9).date(),
            departs_on=moment(18, 9).date(), hotel="Hotel Ulm",
        )  # fmt: skip
        meeting = add_visit(session, trip_id, people, 2)
        bare = trips.plan_meeting(session, trip_id, None, moment(19, 9), title="座谈")
        alone = companies.add_contact(session, name="Beat Frei")
        called = trips.plan_meeting(
            session, trip_id, None, moment(20, 9), title="工厂", address="Gasse 1"
        )
        trips.set_attendees(session, called, {alone}, set())
    found = {
        (gap.key.removeprefix("reports.gap_"), gap.kind, gap.record_id)
        for gap in pocket_card.gaps(facts_of(workspace, trip_id), order())
    }
    assert ("pocket_hotel_address", "stops", stop) in found
    assert ("pocket_hotel_phone", "stops", stop) in found
    assert ("pocket_hotel", "stops", stop) not in found
    assert ("address", "meetings", bare) in found
    assert ("contact", "meetings", bare) in found
    assert ("pocket_call", "contacts", alone) in found
    assert not [one for one in found if one[2] == meeting]


def test_the_same_data_give_the_same_bytes(detail: TripDetail, tmp_path: Path) -> None:
    facts = briefing_facts(detail)
    write(facts, tmp_path / "a.pdf", "both")
    write(facts, tmp_path / "b.pdf", "both")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
