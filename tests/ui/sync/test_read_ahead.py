"""What a sync brought is read behind the window, and shows as if it had been read in it."""

import datetime as dt

import pytest

from desktop_app.services import companies, leads
from desktop_app.services.lead_rows import lead_rows
from desktop_app.sync import team
from desktop_app.ui.leads.leads_view import LeadsView
from tests.ui.sync.conftest import Two


def shown(two: Two) -> LeadsView:
    two.window.show_view("leads")
    view = two.window.view("leads")
    assert isinstance(view, LeadsView)
    return view


def work_of_a_day(two: Two) -> None:
    """Let Ben add, alter, re-order and delete leads."""
    with two.ben.workspace.write("work") as session:
        made = [
            leads.add_lead(
                session,
                companies.add_company(session, name=f"Werk {place}"),
                title=f"Line {place}",
                first_reported_on=dt.date(2026, 1, 1) + dt.timedelta(days=place * 7 % 11),
                amount_minor=place * 1000,
                currency="EUR",
            )
            for place in range(12)
        ]
    assert not team.sync(two.ben.workspace).problems
    two.sync()
    with two.ben.workspace.write("more") as session:
        leads.update_lead(session, made[3], owner_id=two.ben.member)
        leads.update_lead(session, made[5], title="Another name", amount_minor=1)
        leads.update_lead(session, two.lead, title="The old one")
        leads.delete_lead(session, made[7])
        company = companies.add_company(session, name="Neu")
        leads.add_lead(session, company, first_reported_on=dt.date(2026, 3, 3))
    assert not team.sync(two.ben.workspace).problems
    two.sync()


@pytest.mark.parametrize("sort", [("", False), ("amount", True), ("title", False)])
def test_leads_after_a_sync_stand_as_after_a_full_reading(two: Two, sort: tuple[str, bool]) -> None:
    view = shown(two)
    view.table.sort_by(*sort)
    work_of_a_day(two)
    came, order = view.model.all_rows(), view.model.shown_rows()

    assert came == two.window.store.look(lead_rows)
    view.refresh(None)
    assert order == view.model.shown_rows()


def test_a_search_holds_while_leads_come_in(two: Two) -> None:
    view = shown(two)
    view.model.set_query("line")
    work_of_a_day(two)
    order = view.model.shown_rows()

    assert order
    assert all(row.title.startswith("Line") for row in order)
    assert [view.model.index_of(row.id) for row in order] == list(range(len(order)))
    view.refresh(None)
    assert order == view.model.shown_rows()


def test_what_was_made_ready_for_another_order_is_not_shown(two: Two) -> None:
    view = shown(two)
    work_of_a_day(two)
    rows = two.window.store.look(lead_rows)
    view.model.make_ready(rows)
    view.table.sort_by("title")
    view.model.set_rows(rows)
    order = view.model.shown_rows()
    view.model.set_rows(list(rows))

    assert view.model.sorted_by() == ("title", False)
    assert order == view.model.shown_rows()


def test_the_navigation_counts_what_came_in(two: Two) -> None:
    work_of_a_day(two)
    two.qtbot.waitUntil(
        lambda: two.window._counts["leads"][0] == len(two.window.store.look(lead_rows)),
        timeout=5_000,
    )
