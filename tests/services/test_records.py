"""Records by kind, as the command line and scripts read and write them."""

import datetime as dt
import json

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import catalogue, t
from desktop_app.services import record_texts, records
from tests.services.conftest import Team

LEAD_FIELDS = (
    "id title company company_zh country city chain source stage status amount currency owner "
    "first_reported_on next_on notes"
).split()


def add(team: Team, kind: str, /, **values: str) -> str:
    with team.workspace.write("add") as session:
        fields = record_texts.parse_fields(session, kind, values)
        return records.create(session, kind, **fields)


def change(team: Team, kind: str, record_id: str, /, **values: str) -> None:
    with team.workspace.write("set") as session:
        current = session.get(record_texts.model_of(kind), record_id)
        fields = record_texts.parse_fields(session, kind, values, current)
        records.update(session, kind, record_id, **fields)


def show(team: Team, kind: str, record_id: str) -> dict[str, object]:
    with team.workspace.read() as session:
        found: dict[str, object] = json.loads(json.dumps(records.get(session, kind, record_id)))
        return found


def test_a_lead_in_json_has_what_scripts_count_on(team: Team) -> None:
    lead = add(
        team,
        "leads",
        company=team.company,
        amount="4500000.50",
        currency="EUR",
        owner="王敏",
        source="expo",
        chain="marine",
        next_on="2027-01-05",
    )
    found = show(team, "leads", lead)
    assert set(LEAD_FIELDS) <= set(found)
    assert (found["amount"], found["currency"]) == ("4500000.50", "EUR")
    assert (found["company"], found["company_zh"]) == ("Mühlfeld Hydraulik AG", "米尔液压")
    assert (found["owner"], found["next_on"], found["country"]) == ("王敏", "2027-01-05", "CH")
    change(team, "leads", lead, amount="300,000,000", currency="CNY", next_on="2027-02-01")
    found = show(team, "leads", lead)
    assert (found["amount"], found["next_on"]) == ("300000000", "2027-02-01")
    change(team, "leads", lead, amount="")
    assert show(team, "leads", lead)["amount"] is None


def test_an_amount_is_kept_in_the_minor_units_of_its_own_currency(team: Team) -> None:
    lead = add(team, "leads", company=team.company, amount="1200", currency="JPY")
    assert show(team, "leads", lead)["amount"] == "1200"


def test_a_meetings_time_without_offset_is_the_venues(team: Team) -> None:
    trip = add(team, "trips", title="瑞士", starts_on="2026-11-30", ends_on="2026-12-03")
    meeting = add(
        team, "meetings", trip=trip, company=team.company, starts_at="2026-12-01T09:30", title="访"
    )
    found = show(team, "meetings", meeting)
    assert (found["starts_at"], found["zone"]) == ("2026-12-01T08:30:00Z", "Europe/Zurich")
    assert (found["status"], found["city"], found["country"]) == ("planned", "Zürich", "CH")
    assert (found["trip"], found["company"]) == (trip, team.company)
    change(team, "meetings", meeting, starts_at="2026-12-02T15:00")
    assert show(team, "meetings", meeting)["ends_at"] == "2026-12-02T15:30:00Z"
    with pytest.raises(DeskError, match="bad_span"):
        change(team, "meetings", meeting, ends_at="2026-12-02T14:00")
    change(team, "meetings", meeting, status="已举行", outcome="确认来访", objective="谈用地")
    found = show(team, "meetings", meeting)
    assert (found["status"], found["outcome"]) == ("held", "确认来访")


def test_a_listing_is_narrowed_by_names_ids_codes_and_numbers(team: Team) -> None:
    other = add(team, "leads", company=team.company, amount="5", currency="CNY", stage="screened")

    def ids(**where: str) -> list[str]:
        with team.workspace.read() as session:
            return [r["id"] for r in records.list_records(session, "leads", where)]

    assert ids(stage="screened") == [other]
    assert ids(owner="王敏") == [team.lead]
    assert ids(owner=team.member) == [team.lead]
    assert ids(amount="5.00") == [other]
    assert len(ids(company="米尔液压")) == len(ids(company=team.company)) == 2
    assert ids(country="CH", status="lost") == []


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        ("leads", {"company": "{company}", "colour": "red"}, "unknown_field"),
        ("leads", {"title": "no company"}, "field_needed"),
        ("leads", {"company": "0" * 32}, "unknown_record"),
        ("leads", {"company": "../../etc"}, "unknown_record"),
        ("leads", {"company": "{company}", "amount": "much"}, "bad_number"),
        ("leads", {"company": "{company}", "amount": "NaN"}, "bad_number"),
        ("leads", {"company": "{company}", "amount": "1e400"}, "bad_number"),
        ("leads", {"company": "{company}", "first_reported_on": "2026-02-30"}, "bad_date"),
        ("leads", {"company": "{company}", "stage": "won"}, "unknown_code"),
        ("meetings", {"title": "x", "status": "maybe"}, "unknown_code"),
        ("meetings", {"title": "x", "starts_at": "tomorrow"}, "bad_moment"),
        ("members", {"name": "x", "active": "perhaps"}, "bad_truth"),
        ("companies", {"city": "Basel"}, "field_needed"),
        ("trips", {"starts_on": "2026-03-05", "ends_on": "2026-03-04"}, "bad_span"),
        ("colours", {"name": "x"}, "unknown_kind"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    team: Team, kind: str, values: dict[str, str], key: str
) -> None:
    given = {k: v.format(company=team.company) for k, v in values.items()}
    with pytest.raises(DeskError) as caught:
        add(team, kind, **given)
    assert caught.value.key == key
    for language in ("zh", "en"):
        assert "{" not in t(f"errors.{key}", language, **caught.value.values)
    with team.workspace.read() as session:
        assert len(records.list_records(session, "leads")) == 1


def test_deleting_hides_a_record_and_asks_of_a_company_in_use(team: Team) -> None:
    with pytest.raises(DeskError, match="company_in_use"), team.workspace.write("x") as session:
        records.delete(session, "companies", team.company)
    with team.workspace.write("x") as session:
        records.delete(session, "leads", team.lead)
        records.delete(session, "companies", team.company)
    with pytest.raises(DeskError, match="unknown_record"):
        show(team, "leads", team.lead)


@pytest.mark.parametrize("kind", list(record_texts.KINDS))
def test_every_kind_lists_and_names_its_fields(team: Team, kind: str) -> None:
    labels = catalogue()
    assert f"words.kind.{kind}" in labels
    for column in record_texts.model_of(kind).__table__.columns:
        if column.name not in ("id", "value"):
            assert f"words.field.{column.name}" in labels, column
    with team.workspace.read() as session:
        json.dumps(records.list_records(session, kind))


def test_a_trip_is_made_of_parts_in_order(team: Team) -> None:
    trip = add(team, "trips", title="出访", starts_on="2026-11-30", ends_on="2026-12-03")
    zurich = add(team, "stops", trip=trip, city="Zürich", country="ch", arrives_on="2026-11-30")
    milan = add(team, "stops", trip=trip, city="Milano", country="IT", arrives_on="2026-12-02")
    assert [show(team, "stops", s)["position"] for s in (zurich, milan)] == [0, 1]
    leg = add(
        team,
        "legs",
        trip=trip,
        kind="火车",
        departs_at="2026-12-02T08:00",
        from_zone="Europe/Zurich",
        arrives_at="2026-12-02T12:00",
        to_zone="Europe/Rome",
    )
    assert show(team, "legs", leg)["departs_at"] == "2026-12-02T07:00:00Z"
    with pytest.raises(DeskError, match="field_needed"):
        add(team, "stops", city="Nowhere")
    assert dt.date.fromisoformat(str(show(team, "trips", trip)["starts_on"])).year == 2026
