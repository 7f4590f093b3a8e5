"""The pocket card (随身卡) of a delegation: A6, programme by day, hotels, numbers to call."""

from collections.abc import Iterable
from pathlib import Path

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from desktop_app.reports.bilingual import half, t
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.geometry import A6_PAGE
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.pocket_days import day_blocks, hotel_block, leg_block
from desktop_app.reports.pocket_front import front, numbers_block, phones_block
from desktop_app.reports.trip_facts import Briefing, Row, briefing_facts
from desktop_app.services.trips import trip_detail

KIND = "trips"
SECTIONS = (
    "pocket_numbers",
    "pocket_phones",
    "pocket_days",
    "pocket_hotels",
    "pocket_legs",
)


def read(session: Session, record_id: str, order: Order, _files: Path) -> Briefing:
    """Return the facts of a trip."""
    return briefing_facts(trip_detail(session, record_id, order.day))


def pages(facts: Briefing, order: Order) -> Pages:
    """Return the pages of a pocket card; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    kind = t("reports.pocket_card", lang)
    name = facts.title(lang) or t("reports.untitled_trip", lang)
    own = order.classification or facts.trip.get("classification")
    return Pages(
        title=f"{name} · {kind}",
        subject=kind,
        story=_story(facts, order),
        mark=str(own or t("reports.internal_foot", lang)),
        foot=half(kind, "en" if lang == "en" else "zh"),
        geometry=A6_PAGE,
    )


def _story(facts: Briefing, order: Order) -> list[Flowable]:
    """Return the front with the numbers to call, then the days, hotels and transfers."""
    lang = order.lang
    story = front(facts, lang)
    story += in_order(
        (
            ("pocket_numbers", lambda: numbers_block(facts, lang)),
            ("pocket_phones", lambda: phones_block(facts, lang)),
            ("pocket_days", lambda: day_blocks(facts, lang)),
            ("pocket_hotels", lambda: hotel_block(facts, lang)),
            ("pocket_legs", lambda: leg_block(facts, lang)),
        ),
        order,
    )
    return story


def gaps(facts: Briefing, _order: Order) -> list[Gap]:
    """Return what the card of a trip lacks: numbers, addresses, times."""
    trip_id = str(facts.trip.get("id") or "")
    found: list[Gap] = []

    def lacks(key: str, name: str, kind: str, record_id: object, column: str) -> None:
        values = {"name": name} if name else {}
        found.append(Gap(f"reports.gap_{key}", values, kind, str(record_id or ""), column))

    if not facts.trip.get("starts_on") or not facts.trip.get("ends_on"):
        lacks("dates", "", "trips", trip_id, "starts_on")
    if not facts.trip.get("emergency_numbers"):
        lacks("pocket_numbers", "", "trips", trip_id, "emergency_numbers")
    if not facts.delegates:
        lacks("delegates", "", "trips", trip_id, "delegates")
    if not facts.sheets:
        lacks("meetings", "", "trips", trip_id, "meetings")
    for person in facts.delegates:
        if not person.get("phone"):
            name = str(person.get("member_name") or "")
            lacks("pocket_phone", name, "delegates", person.get("id"), "phone")
    for stop in facts.stops:
        city = str(stop.get("city_zh") or stop.get("city") or "")
        nights = stop.get("arrives_on") and stop.get("arrives_on") != stop.get("departs_on")
        if nights and stop.get("country") != "CN":
            for column in ("hotel", "hotel_address", "hotel_phone"):
                if not stop.get(column):
                    lacks(f"pocket_{column}", city, "stops", stop.get("id"), column)
    for sheet in facts.sheets:
        meeting = sheet.meeting
        if meeting.get("status") == "cancelled":
            continue
        name, one = sheet.heading("zh"), meeting.get("id")
        if not meeting.get("starts_at"):
            lacks("time", name, "meetings", one, "starts_at")
        if not (meeting.get("address") or meeting.get("place")):
            lacks("address", name, "meetings", one, "address")
        if not sheet.theirs:
            lacks("contact", name, "meetings", one, "contact")
        elif not any(person.get("mobile") or person.get("phone") for person in sheet.theirs):
            lacks("pocket_call", name, "contacts", sheet.theirs[0].get("id"), "mobile")
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "trips", trip_id))
    return found


def _texts(facts: Briefing) -> Iterable[str]:
    """Return the texts of the records that the card prints."""
    rows: list[Row] = [*facts.stops, *facts.legs, *facts.delegates]
    for sheet in facts.sheets:
        rows += [sheet.company, *sheet.theirs]
        yield from (str(sheet.meeting.get(name) or "") for name in ("title", "place", "address"))
    yield from (str(facts.trip.get(name) or "") for name in ("title", "emergency_numbers"))
    for row in rows:
        yield from (value for value in row.values() if isinstance(value, str))
