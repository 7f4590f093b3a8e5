"""Trips whose texts are hard to set: mixed scripts, units, quotes, brackets, long words, marks."""

import datetime as dt

from sqlalchemy.orm import Session

from desktop_app.db.models import Meeting
from desktop_app.services import cases, companies, dispatch, follow_ups, leads, members, trips
from tests.reports.sample_trip import TRIP, add_route, add_visit, day

Ids = dict[str, str]

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXTS = (
    "2026年9月，镇江新区与瑞士Bühler（布勒）集团在Uzwil签署备忘录，拟投资3.5亿元（约"
    "CHF 45,000,000）建设“智能装备”项目；双方约定：①用地120亩，②年产值10亿元。",
    "“真的吗？”他问：“《外商投资法》（2020年）第4条……怎么说？”——“（见附件）”。",
    "Mühlhausen Präzisionstechnik GmbH & Co. KG同期考察镇江经开区，“Chloé D’Angelo”出席……",
    "周喆、陈堃、㛃总与Łukasz Kőrösi同行😀：<b>12.5 MW</b>光伏、20 km管线、3,500 kWh、"
    "98.6%达产、−5 ℃冷库、25 min车程。",
    f"对方称{LONG_WORD}（下称“DDSG”）须先批；用地60亩、蒸汽1.2 t/h、厂房18,000㎡。",
    "The plant needs 3.5 million euros, 12 MW and a “clean room” (ISO 7) within 90 min of "
    "Shanghai; see https://example.com/press/2026/09/zhenjiang-new-area.",
    "电话+41 71 858 22 11，邮箱j.brunner@rheintal-hydraulik.example，传真同号；（节假日除外）。",
)
# In these the reader must find no line parted; words of one line are kept in pieces of a pattern.
WHOLE = (
    "3.5亿元", "CHF 45,000,000", "120亩", "10亿元", "12.5 MW", "20 km", "3,500 kWh", "98.6%",
    "25 min", "1.2 t/h", "−5 ℃", "60亩", "18,000㎡", "90 min", "2026年", "12 MW",
    "Bühler", "Uzwil", "Łukasz",
    "Kőrösi", "D’Angelo", "DDSG", "Shanghai", "GmbH", "euros", "plant", "clean", "Chloé", "Angelo",
    "Präzisionstechnik", "Mühlhausen", "million", "within",
)  # fmt: skip
_TRIP_TEXTS = (
    "purpose", "purpose_en", "logistics", "country_notes", "emergency_numbers", "findings",
)  # fmt: skip
_LISTS = ("goals", "goals_en", "must_win", "must_win_en", "problems", "suggestions")
_MEETING_TEXTS = (
    "place", "transfer", "dress", "objective", "wished_outcome", "offers", "red_lines", "notes",
)  # fmt: skip
_MEETING_LISTS = ("talking_points", "asks", "questions", "materials")


def text(number: int) -> str:
    """Return one of the texts, in turn."""
    return TEXTS[number % len(TEXTS)]


def _texts(names: tuple[str, ...], start: int, count: int = 1) -> dict[str, str]:
    """Return a text for each name, or several lines."""
    return {
        name: "\n".join(text(start + at + line) for line in range(count))
        for at, name in enumerate(names)
    }


def add_awkward_trip(session: Session, meetings: int, long_notes: bool = False) -> Ids:
    """Add a trip with so many meetings; return the id of a record by its kind."""
    own = _texts(_TRIP_TEXTS, 0) | _texts(_LISTS, 3, 3)
    trip_id = trips.add_trip(
        session,
        **TRIP | own | {"inviter": text(2), "budget_minor": 45_000_000, "currency": "CNY"},
    )
    people = []
    for at in range(7 if meetings > 1 else 2):
        member = members.add_member(
            session, name="单静王敏张磊李洋赵喆陈堃㛃总"[2 * at : 2 * at + 2],
            name_en="Łukasz Kőrösi",
            phone="+86 138 0000 0000", languages="中文、英语（C1）", email=f"a{at}@example.com",
        )  # fmt: skip
        role = "head" if not at else "member"
        trips.add_delegate(session, trip_id, member_id=member, role=role, duty=text(at)[:40])
        people.append(member)
    add_route(session, trip_id)
    trips.add_stop(session, trip_id, city="Uzwil", hotel=text(2), hotel_address=text(5))
    found: Ids = {}
    for number in range(meetings):
        meeting = add_visit(session, trip_id, people, number % 7, note=text(number))
        found = _made_awkward(session, meeting, number, long_notes)
    found["dispatch-meetings"] = _add_awkward_dispatch(session, found["leads"], meetings)
    return {"": "", "trips": trip_id, **found}


def _add_awkward_dispatch(session: Session, lead_id: str, count: int) -> str:
    """Add a dispatch meeting on so many cases of a project; return its id."""
    meeting = cases.add_dispatch_meeting(
        session, title=text(0)[:50], held_on=day(2), chair="㛃总", status="held",
        **_texts(("place", "departments", "agenda"), 1), **_texts(("minutes",), 3, 4),
    )  # fmt: skip
    ids = [
        cases.add_case(
            session, lead_id, title=text(number)[:40], details=text(number + 2),
            due_on=day(9) - dt.timedelta(days=20 * number), planned_percent=15 * (number % 6),
        )
        for number in range(count)
    ]  # fmt: skip
    for number, item in enumerate(cases.put_on_agenda(session, meeting, ids)):
        if number % 5 < 4:
            decision = _texts(("decision",), number, 1 + number % 3)
            dispatch.record_decision(session, item, **decision, lead_department=text(number)[:30])
    return meeting


def _made_awkward(session: Session, meeting_id: str, number: int, long_notes: bool) -> Ids:
    """Fill a meeting, its company, lead and promises with awkward texts; return their ids."""
    fields = _texts(_MEETING_TEXTS, number) | _texts(_MEETING_LISTS, number, 2)
    if long_notes:
        fields["notes"] = "\n".join(text(number + at) for at in range(24))
    trips.update_meeting(
        session, meeting_id, title=text(number)[:60], status="held" if number % 2 else "planned",
        outcome=text(number + 4), **fields,
    )  # fmt: skip
    meeting = session.get(Meeting, meeting_id)
    assert meeting is not None and meeting.company_id and meeting.lead_id
    own = _texts(("blocker", "competitors", "notes", "their_commitments"), number + 2)
    leads.update_lead(session, meeting.lead_id, **own)
    companies.update_company(session, meeting.company_id, china_footprint=text(number + 1))
    follow_ups.add_follow_up(
        session, title=text(number), side="ours", due_on=day(28), owner_id=None,
        lead_id=meeting.lead_id, company_id=meeting.company_id, meeting_id=meeting_id,
    )  # fmt: skip
    return {"leads": meeting.lead_id, "companies": meeting.company_id, "meetings": meeting_id}
