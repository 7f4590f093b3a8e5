"""A workspace database and the import of a file into it."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from desktop_app.db.models import Base, Company, Lead
from desktop_app.exchange.ledger_import import (
    ImportResult,
    apply_import,
    open_ledger,
    plan_import,
)
from desktop_app.exchange.plan import Action

TODAY = dt.date(2026, 11, 22)
ImportFile = Callable[..., ImportResult]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{tmp_path / 'test.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def import_file(session: Session) -> ImportFile:
    def run(path: Path, duplicates: Action = "merge") -> ImportResult:
        plan = plan_import(session, open_ledger(path, TODAY), today=TODAY, duplicates=duplicates)
        result = apply_import(session, plan)
        session.commit()
        return result

    return run


@pytest.fixture
def lead_of(session: Session) -> Callable[[str], Lead]:
    def find(company: str) -> Lead:
        return session.scalars(select(Lead).join(Company).where(Company.name == company)).one()

    return find
