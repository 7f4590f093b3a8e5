"""The team's own checklist: its lines altered one at a time, in their order."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.driver import Source, plain
from desktop_app.db.models import Approval
from desktop_app.domain.approval_rules import TEMPLATES, Template
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words_after import ApprovalKind
from desktop_app.i18n import LANGUAGES, word
from desktop_app.services.approvals import set_templates, templates
from desktop_app.services.lookup import clean_text

_MOST_DAYS = 2000
USUAL = frozenset(line.code for line in TEMPLATES)


def lines_in_use(source: Source) -> dict[str, int]:
    """Return how many living approvals were made from each line, dropped ones too."""
    return dict(
        plain(source)
        .execute(
            "SELECT template, count(*) FROM approval WHERE deleted IS NOT 1"
            " AND template IS NOT NULL GROUP BY template"
        )
        .fetchall()
    )


def add_line(session: Session, name: str) -> str:
    """Add a line at the end and return its code: the usual one of that name, else the name.

    Raises:
        DeskError: ``line_twice``.
    """
    known = templates(session)
    code = _code_of(name)
    _check_new(known, code)
    usual = next((line for line in TEMPLATES if line.code == code), None)
    line = usual or Template(code, ApprovalKind.OTHER.value, "", 10)
    set_templates(session, [*known, line])
    return code


def alter_line(session: Session, code: str, **fields: Any) -> str:
    """Set ``name``, ``kind``, ``department`` or ``days`` of a line and return its code.

    A line of the team's own is known by its name: its approvals go along to a new one.

    Raises:
        DeskError: ``line_twice``, ``bad_promised_days``.
    """
    known = templates(session)
    days = fields.get("days")
    if days is not None and not 0 <= days <= _MOST_DAYS:
        raise DeskError("bad_promised_days", value=days, most=_MOST_DAYS)
    name = clean_text(fields.pop("name", None) or "")
    new = code
    if name and code not in USUAL and _code_of(name) != code:
        new = _code_of(name)
        _check_new(known, new)
        for approval in session.scalars(select(Approval).where(Approval.template == code)):
            approval.template = new
            if approval.title == code:
                approval.title = word("approval_template", new)
    altered = {key: value for key, value in fields.items() if value is not None or key != "kind"}
    set_templates(
        session,
        [line._replace(code=new, **altered) if line.code == code else line for line in known],
    )
    session.flush()
    return new


def move_line(session: Session, code: str, step: int) -> None:
    """Move a line up or down; at an end it stays."""

    def moved(lines: list[Template]) -> list[Template]:
        here = next(n for n, line in enumerate(lines) if line.code == code)
        lines.insert(min(max(here + step, 0), len(lines)), lines.pop(here))
        return lines

    _rewrite(session, moved)


def remove_line(session: Session, code: str) -> None:
    """Drop a line; the approvals made from it stay."""
    _rewrite(session, lambda lines: [line for line in lines if line.code != code])


def _rewrite(session: Session, verb: Callable[[list[Template]], list[Template]]) -> None:
    set_templates(session, verb(templates(session)))


def _code_of(name: str) -> str:
    """Return the usual line that a name means, else the name itself."""
    wanted = clean_text(name)
    for line in TEMPLATES:
        words = {word("approval_template", line.code, lang).casefold() for lang in LANGUAGES}
        if wanted.casefold() in words | {line.code}:
            return line.code
    return wanted


def _check_new(known: list[Template], code: str) -> None:
    if not code or any(line.code.casefold() == code.casefold() for line in known):
        raise DeskError("line_twice", name=word("approval_template", code))
