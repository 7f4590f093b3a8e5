"""The one search: by own words and by those of what a record hangs on, also of very many."""

from pathlib import Path

import pytest

from desktop_app.db.models import Approval, Case, Company, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.services import search
from desktop_app.services.search import search_records


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = Workspace.open(tmp_path)
    with opened.write("data") as session:
        for name, title in (("Brunner Präzision AG", "精密件工厂"), ("Limmat AG", "传感器工厂")):
            company = Company(name=name)
            session.add(company)
            session.flush()
            lead = Lead(company_id=company.id, title=title)
            session.add(lead)
            session.flush()
            session.add(Case(lead_id=lead.id, title="用地移交"))
            session.add(Approval(lead_id=lead.id, title="项目备案"))
    return opened


def _found(workspace: Workspace, text: str, **more: object) -> list[tuple[str, str]]:
    with workspace.read() as session:
        hits = search_records(session, text, **more)  # type: ignore[arg-type]
    return [(hit.kind, hit.title) for hit in hits]


# Once with every word rare, once with every word too common to be looked up at once.
@pytest.fixture(params=[20_000, 1])
def common(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_COMMON", request.param)


@pytest.mark.usefixtures("common")
def test_a_project_and_what_hangs_on_it_are_found_by_the_company(workspace: Workspace) -> None:
    assert _found(workspace, "prazision") == [
        ("leads", "Brunner Präzision AG"),
        ("companies", "Brunner Präzision AG"),
        ("cases", "用地移交"),
        ("approvals", "项目备案"),
    ]


@pytest.mark.usefixtures("common")
def test_words_may_stand_in_the_record_and_in_what_it_hangs_on(workspace: Workspace) -> None:
    assert _found(workspace, "limmat 备案") == [("approvals", "项目备案")]
    assert _found(workspace, "brunner 传感器") == []
    assert _found(workspace, "工厂 LIMMAT", kinds=("leads",)) == [("leads", "Limmat AG")]


@pytest.mark.usefixtures("common")
@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "%", "_", "' OR 1=1", "limmat xyzzy"])
def test_nothing_is_found_by_what_stands_nowhere(workspace: Workspace, text: str) -> None:
    assert _found(workspace, text) == []


def test_kinds_and_their_number_are_limited_and_deleted_ones_stay_away(
    workspace: Workspace,
) -> None:
    assert _found(workspace, "用地", kinds=("cases",), limit=1) == [("cases", "用地移交")]
    with workspace.write("delete") as session:
        for case in session.query(Case):
            case.deleted = True
    assert _found(workspace, "用地") == []
