"""A real workspace with a trip over three countries, and the view on it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.db.workspace import Workspace
from desktop_app.i18n import set_language
from desktop_app.services import companies, members, trips
from desktop_app.settings import Settings
from desktop_app.ui import fonts, theme
from desktop_app.ui.store import Store
from desktop_app.ui.trips.time_fields import moment_of
from desktop_app.ui.trips.trips_view import TripsView

FIRST = dt.date(2026, 12, 2)


class Shell:
    """What the window around would do, kept to be looked at."""

    me: str | None = None

    def __init__(self) -> None:
        self.settings = Settings()
        self.toasts: list[str] = []
        self.opened: list[tuple[str, str]] = []
        self.save_to: Path | None = None

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def open_record(self, kind: str, record_id: str, field: str = "") -> None:
        self.opened.append((kind, record_id))

    def save_settings(self) -> None:
        """Nothing is kept beyond the test."""

    def choose_file(self, title: str, patterns: str, save_as: str = "") -> Path | None:
        return self.save_to


def at(day: int, hour: int, minute: int = 0, zone: str = "Europe/Zurich") -> dt.datetime:
    return moment_of(FIRST + dt.timedelta(days=day), dt.time(hour, minute), zone)


def make_trip(session: Any) -> dict[str, str]:
    """Make the trip of the pictures: five days, three countries, gaps to warn of."""
    ids: dict[str, str] = {}
    team = [
        ("单静", "head", "英语、德语", dt.date(2030, 1, 1)),
        ("王敏", "member", "英语", dt.date(2031, 5, 1)),
        ("张磊", "interpreter", "德语、意大利语", dt.date(2027, 3, 1)),
    ]
    trip = ids["trip"] = trips.add_trip(
        session,
        title="瑞士 · 德国 · 意大利",
        title_en="Switzerland · Germany · Italy",
        starts_on=FIRST,
        ends_on=FIRST + dt.timedelta(days=6),
        status="approved",
        purpose="推进七个在谈项目",
        notice_on=dt.date(2026, 11, 2),
        budget_minor=48000000,
        currency="CNY",
    )
    for name, role, languages, expires in team:
        member = members.add_member(
            session, name=name, languages=languages, passport_expires_on=expires
        )
        ids[name] = member
        trips.add_delegate(session, trip, member_id=member, role=role, visa_state="granted")
    for city, zh, country, region, lat, lon, first, last, hotel in (
        ("Zürich", "苏黎世", "CH", "ZH", 47.3667, 8.55, 0, 2, "Hotel Limmatblick"),
        ("München", "慕尼黑", "DE", "BY", 48.1374, 11.5755, 2, 4, "Hotel am Sendlinger Tor"),
        ("Milano", "米兰", "IT", "MI", 45.4643, 9.1895, 4, 6, None),
    ):
        ids[city] = trips.add_stop(
            session,
            trip,
            city=city,
            city_zh=zh,
            country=country,
            region=region,
            zone={"CH": "Europe/Zurich", "DE": "Europe/Berlin", "IT": "Europe/Rome"}[country],
            lat_e6=round(lat * 1e6),
            lon_e6=round(lon * 1e6),
            hotel=hotel,
            arrives_on=FIRST + dt.timedelta(days=first),
            departs_on=FIRST + dt.timedelta(days=last),
        )
    trips.add_leg(
        session,
        trip,
        kind="train",
        number="EC 97",
        from_place="Zürich HB",
        to_place="München Hbf",
        from_zone="Europe/Zurich",
        to_zone="Europe/Berlin",
        departs_at=at(2, 7, 33),
        arrives_at=at(2, 11, 4),
    )
    for key, city, country, lat, lon, day, hour, minute, length in (
        ("Häberling Medical SA", "Zürich", "CH", 47.3667, 8.55, 0, 9, 0, 150),
        ("Rheintal Hydraulik AG", "Rorschach", "CH", 47.478, 9.4903, 0, 14, 30, 90),
        ("Weißach Sensorik GmbH", "Biberach", "DE", 48.0934, 9.7905, 2, 14, 0, 120),
        ("Kühnfeld Antriebe SE", "München", "DE", 48.1374, 11.5755, 3, 10, 0, 120),
        ("Zanchi Meccanica S.p.A.", "Milano", "IT", 45.4643, 9.1895, 5, 10, 0, 120),
        ("Tessarolo Coatings S.p.A.", "Forlì", "IT", 44.2227, 12.0407, 5, 14, 0, 90),
    ):
        company = companies.add_company(
            session,
            name=key,
            country=country,
            city=city,
            lat_e6=round(lat * 1e6),
            lon_e6=round(lon * 1e6),
            address=f"Industriestrasse 12, {city}",
        )
        contact = companies.add_contact(
            session, name="Petra Huber", title="CEO", company_id=company, languages="德语、英语"
        )
        meeting = trips.plan_meeting(
            session,
            trip,
            company,
            at(day, hour, minute),
            ends_at=at(day, hour, minute) + dt.timedelta(minutes=length),
            objective="确认投资规模",
        )
        trips.set_attendees(session, meeting, {contact}, {ids["单静"]})
        ids[key] = meeting
        ids[f"{key}/company"] = company
    trips.update_meeting(session, ids["Weißach Sensorik GmbH"], objective=None)
    trips.update_meeting(session, ids["Häberling Medical SA"], transfer="步行 12 分钟")
    return ids


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    workspace = Workspace.open(tmp_path / "work")
    yield Store(workspace)
    workspace.close()


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def empty_view(qtbot: Any, qapp: QApplication, store: Store, shell: Shell) -> TripsView:
    return open_view(qtbot, qapp, store, shell)


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    return store.write("make", make_trip)


@pytest.fixture
def view(
    qtbot: Any, qapp: QApplication, store: Store, shell: Shell, ids: dict[str, str]
) -> TripsView:
    return open_view(qtbot, qapp, store, shell)


def open_view(qtbot: Any, qapp: QApplication, store: Store, shell: Any) -> TripsView:
    set_language("zh")
    if qapp.font().family() != fonts.FAMILY:
        # Once: a style sheet set anew polishes every widget that ever was.
        fonts.load()
        theme.apply(qapp, "light")
        qapp.setFont(fonts.font())
    view = TripsView(store, shell)
    qtbot.addWidget(view)
    store.changed.connect(view.refresh)
    view.resize(1240, 860)
    view.refresh()
    view.show()
    qtbot.waitExposed(view)
    return view
