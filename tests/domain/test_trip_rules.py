"""Checks of a trip: they warn and never block, and say when all is well."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.holiday_calendar import holiday_on, is_working_day_in_china
from desktop_app.domain.trip_rules import (
    Check,
    MeetingFacts,
    TravellerFacts,
    TripFacts,
    TripLimits,
    check_trip,
    distance_km,
    months_after,
    working_days_between,
)
from desktop_app.i18n import t

ZURICH, RORSCHACH = (47.36667, 8.55), (47.478, 9.4903)
MILAN, FORLI = (45.46427, 9.18951), (44.22177, 12.04144)
DAY = dt.date(2026, 11, 18)


def at(hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), dt.UTC)


def meeting(
    name: str,
    start: dt.datetime,
    end: dt.datetime | None = None,
    place: tuple[float, float] | None = None,
    people: str = "",
) -> MeetingFacts:
    return MeetingFacts(
        id=name,
        name=name,
        day=start.date(),
        starts_at=start,
        ends_at=end,
        country="CH",
        region="ZH",
        place=place,
        people=frozenset(people.split()),
        has_contact=True,
        has_address=True,
        has_objective=True,
    )


def trip(*meetings: MeetingFacts, **fields: object) -> TripFacts:
    facts = TripFacts(
        id="trip",
        starts_on=dt.date(2026, 11, 16),
        ends_on=dt.date(2026, 11, 20),
        countries=("CH",),
        notice_on=dt.date(2026, 11, 2),
        reported_on=None,
        passports_returned_on=None,
        travellers=(TravellerFacts("p", "张磊", dt.date(2030, 1, 1), "granted"),),
        meetings=meetings,
    )
    return dataclasses.replace(facts, **fields)  # type: ignore[arg-type]


def check(facts: TripFacts, today: dt.date = DAY, **limits: int) -> list[Check]:
    return check_trip(facts, TripLimits(**limits), today)


def warnings(facts: TripFacts, today: dt.date = DAY, **limits: int) -> list[str]:
    return [c.key for c in check(facts, today, **limits) if c.level == "warn"]


def a_good_week() -> list[MeetingFacts]:
    days = [dt.date(2026, 11, d) for d in (17, 18, 19, 20)]
    return [meeting(f"m{d.day}", at(9, day=d), at(11, day=d), ZURICH) for d in days]


def test_a_trip_within_every_limit_says_so_rule_by_rule() -> None:
    found = check(trip(*a_good_week()))
    assert [c for c in found if c.level == "warn"] == []
    assert {c.rule for c in found} == {
        *("delegates", "countries", "days", "busy", "notice", "report", "passport_return"),
        *("passport", "holiday", "complete", "overlap", "transfer"),
    }


@pytest.mark.parametrize(
    ("countries", "most"), [(("CH",), 5), (("CH", "DE"), 8), (("CH", "DE", "IT"), 10)]
)
def test_days_are_limited_by_countries_and_both_ends_count(
    countries: tuple[str, ...], most: int
) -> None:
    start = dt.date(2026, 11, 2)
    for days, key in ((most, "days_ok"), (most + 1, "days_over")):
        facts = trip(countries=countries, starts_on=start, ends_on=start + dt.timedelta(days - 1))
        (found,) = [c for c in check(facts) if c.rule == "days"]
        assert (found.key, found.values["n"], found.values["most"]) == (key, days, most)


def test_home_is_no_country_abroad() -> None:
    (found,) = [c for c in check(trip(countries=("CN", "CH", "CN"))) if c.rule == "countries"]
    assert found.values["n"] == 1


def test_each_limit_is_the_teams_to_set() -> None:
    facts = trip(*a_good_week())
    assert "delegates_over" in warnings(facts, delegates=0)
    assert "days_over" in warnings(facts, days_1=4)
    assert "notice_short" in warnings(facts, notice_working_days=11)
    assert "passport_short" in warnings(facts, passport_months=60)
    assert "report_late" in warnings(facts, dt.date(2026, 12, 21))
    assert "report_late" not in warnings(facts, dt.date(2026, 12, 20))
    assert "passport_return_late" in warnings(facts, dt.date(2026, 11, 28))
    assert "passport_return_late" not in warnings(facts, dt.date(2026, 11, 27))


def test_two_thirds_of_the_days_are_for_work() -> None:
    week = a_good_week()
    assert "busy_few" not in warnings(trip(*week))
    assert "busy_few" in warnings(trip(*week[:3]))


def test_a_passport_must_outlast_the_return_by_six_months() -> None:
    def of(day: dt.date | None) -> list[str]:
        return warnings(trip(*a_good_week(), travellers=(TravellerFacts("p", "张磊", day, None),)))

    assert of(dt.date(2027, 5, 20)) == []
    assert of(dt.date(2027, 5, 19)) == ["passport_short"]
    assert of(None) == ["passport_unknown"]


def test_two_meetings_at_once_warn_only_when_somebody_would_be_at_both() -> None:
    def of(a: str, b: str) -> bool:
        first = meeting("a", at(9), at(11), people=a)
        second = meeting("b", at(10), at(12), people=b)
        return "overlap" in warnings(trip(first, second))

    assert of("wang", "wang li")
    assert of("", "li"), "without names the whole delegation is meant"
    assert not of("wang", "li")
    back_to_back = trip(meeting("a", at(9), at(10)), meeting("b", at(10), at(11)))
    assert "overlap" not in warnings(back_to_back)


def test_a_transfer_that_cannot_be_made_is_named_with_its_distance() -> None:
    def of(gap_minutes: int) -> list[Check]:
        first = meeting("Zanchi", at(8), at(10), MILAN)
        second = meeting("Tessarolo", at(10) + dt.timedelta(minutes=gap_minutes), None, FORLI)
        return [c for c in check(trip(first, second)) if c.key == "transfer_short"]

    (found,) = of(240)
    assert 330 < int(str(found.values["km"])) < 360
    assert of(300) == []


def test_a_split_delegation_travels_apart() -> None:
    facts = trip(
        meeting("a", at(8), at(10), MILAN, "wang"),
        meeting("b", at(9), at(10), FORLI, "li"),
        meeting("c", at(10, 30), at(11), FORLI, "li"),
    )
    assert "transfer_short" not in warnings(facts)


def test_within_one_town_no_transfer_is_reckoned() -> None:
    near = (ZURICH[0] + 0.01, ZURICH[1])
    facts = trip(meeting("a", at(8), at(10), ZURICH), meeting("b", at(10), at(11), near))
    assert "transfer_short" not in warnings(facts)


def test_holidays_are_those_of_the_canton_and_sundays_count() -> None:
    august = dt.date(2026, 8, 3)
    swiss = meeting("m", at(9, day=dt.date(2026, 8, 1)))
    sunday = meeting("s", at(9, day=dt.date(2026, 8, 2)))
    facts = trip(swiss, sunday, starts_on=dt.date(2026, 7, 31), ends_on=august)
    assert [c.key for c in check(facts) if c.rule == "holiday"] == ["holiday_there", "sunday_there"]
    corpus = dt.date(2026, 6, 4)
    assert holiday_on(corpus, "DE", "BY") is not None
    assert holiday_on(corpus, "DE", "BE") is None
    milan = holiday_on(dt.date(2026, 12, 7), "IT", "MI")
    assert milan is not None
    assert milan.name_zh == "圣安博节"
    assert holiday_on(dt.date(2026, 12, 7), "IT", "RM") is None
    assert holiday_on(corpus, "XX", None) is None
    assert holiday_on(corpus, None, None) is None


def test_chinas_golden_week_is_one_finding_and_its_made_up_weekends_are_work() -> None:
    facts = trip(starts_on=dt.date(2026, 9, 30), ends_on=dt.date(2026, 10, 8))
    (found,) = [c for c in check(facts) if c.rule == "holiday"]
    assert (found.values["day"], found.values["last"]) == (
        dt.date(2026, 10, 1),
        dt.date(2026, 10, 3),
    ) or found.values["last"] == dt.date(2026, 10, 7)
    assert found.values["holiday_zh"] == "国庆节"
    assert is_working_day_in_china(dt.date(2026, 10, 10)), "a Saturday made up for"
    assert not is_working_day_in_china(dt.date(2026, 10, 6))


def test_a_meeting_without_contact_address_or_objective_is_named() -> None:
    bare = dataclasses.replace(
        meeting("m", at(9)), has_contact=False, has_address=False, has_objective=False
    )
    keys = [c.key for c in check(trip(bare)) if c.rule == "complete"]
    assert keys == ["no_contact", "no_address", "no_objective"]


def test_a_trip_without_dates_or_with_reversed_ones_only_warns() -> None:
    assert "days_unknown" in warnings(trip(starts_on=None))
    assert "days_reversed" in warnings(trip(ends_on=dt.date(2026, 11, 1)))


days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
moments = st.datetimes(
    dt.datetime(2026, 11, 1), dt.datetime(2026, 11, 30), timezones=st.just(dt.UTC)
)
places = st.none() | st.tuples(st.floats(36, 55), st.floats(5, 19))
any_meeting = st.builds(
    meeting,
    st.text(max_size=5),
    moments,
    st.none() | moments,
    places,
    st.sampled_from(["", "wang", "li", "wang li"]),
)


@given(st.lists(any_meeting, max_size=6), st.none() | days, st.none() | days, days)
def test_whatever_the_trip_each_finding_can_be_worded_in_both_languages(
    meetings: list[MeetingFacts], start: dt.date | None, end: dt.date | None, today: dt.date
) -> None:
    for found in check(trip(*meetings, starts_on=start, ends_on=end), today):
        for language in ("zh", "en"):
            assert t(f"checks.{found.key}", language, **found.values)
            assert t(f"checks.source.{found.rule}", language)


@given(days, st.integers(0, 30))
def test_months_later_is_the_same_day_or_the_months_last(day: dt.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + dt.timedelta(1)).day == 1


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(ZURICH, RORSCHACH) == pytest.approx(71.9, abs=1)
    assert distance_km(MILAN, FORLI) == pytest.approx(265, abs=4)
    assert distance_km(MILAN, MILAN) == 0


def test_working_days_leave_out_weekends_and_holidays_in_china() -> None:
    assert working_days_between(dt.date(2026, 11, 16), dt.date(2026, 11, 23)) == 5
    assert working_days_between(dt.date(2026, 10, 1), dt.date(2026, 10, 8)) == 0
    assert working_days_between(dt.date(2026, 11, 23), dt.date(2026, 11, 16)) == 0
