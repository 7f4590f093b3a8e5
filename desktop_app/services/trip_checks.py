"""The checks of a trip: the team's limits, the facts they look at, and their words."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from desktop_app.domain.formats import long_date
from desktop_app.domain.trip_rules import (
    Check,
    MeetingFacts,
    TravellerFacts,
    TripFacts,
    TripLimits,
)
from desktop_app.domain.words import MeetingStatus
from desktop_app.i18n import language, t
from desktop_app.services import team_settings
from desktop_app.services.meeting_reading import MeetingDetail


def limits_of(session: Session) -> TripLimits:
    """Return the limits the team works under; names this version does not know are left aside."""
    known = {f.name for f in dataclasses.fields(TripLimits)}
    own = team_settings.get(session, "trip_limits") or {}
    return TripLimits(**{k: int(v) for k, v in own.items() if k in known})


def place_of(record: dict[str, Any]) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees, None when unknown."""
    if record.get("lat_e6") is None or record.get("lon_e6") is None:
        return None
    return record["lat_e6"] / 1e6, record["lon_e6"] / 1e6


def facts_of(
    trip: dict[str, Any],
    stops: list[dict[str, Any]],
    delegates: list[dict[str, Any]],
    meetings: list[MeetingDetail],
) -> TripFacts:
    """Return what the checks need."""
    facts = []
    for m in meetings:
        f, company = m.fields, m.company or {}
        if f["status"] == MeetingStatus.CANCELLED:
            continue
        stop = stop_on(stops, m.day)
        facts.append(
            MeetingFacts(
                id=f["id"],
                name=m.name,
                day=m.day,
                starts_at=f["starts_at"],
                ends_at=f["ends_at"],
                country=f["country"] or company.get("country") or (stop or {}).get("country"),
                region=f["region"] or company.get("region") or (stop or {}).get("region"),
                place=place_of(f) or place_of(company),
                people=frozenset(p["id"] for p in m.members),
                has_contact=bool(m.contacts),
                has_address=bool(f["address"] or f["place"]),
                has_objective=bool(f["objective"]),
            )
        )
    travellers = tuple(
        TravellerFacts(
            d["id"],
            d["member_name"],
            d["passport_expires_on"],
            d["visa_state"],
            d["member_name_en"],
        )
        for d in delegates
    )
    return TripFacts(
        trip["id"],
        trip["starts_on"],
        trip["ends_on"],
        tuple(dict.fromkeys(s["country"] for s in stops if s["country"])),
        trip["notice_on"],
        trip["reported_on"],
        trip["passports_returned_on"],
        travellers,
        tuple(facts),
    )


def stop_on(stops: list[dict[str, Any]], day: dt.date | None) -> dict[str, Any] | None:
    """Return the stop where the delegation sleeps, or last was, on a day."""
    found = None
    for stop in stops:
        if day is not None and stop["arrives_on"] is not None and stop["arrives_on"] <= day:
            found = stop
    return found


def check_text(check: Check, lang: str | None = None) -> str:
    """Return a finding as a sentence."""
    lang = lang or language()
    values = {
        k: long_date(v, lang) if isinstance(v, dt.date) else v for k, v in check.values.items()
    }
    if lang == "en" and "name_en" in values:
        values["name"] = values["name_en"]
    return t(f"checks.{check.key}", lang, **values)


def check_source(check: Check, lang: str | None = None) -> str:
    """Return the rule a finding goes back to."""
    return t(f"checks.source.{check.rule}", lang)
