"""What the team means to reach in a year, figure by figure."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Target
from desktop_app.domain.errors import DeskError


def set_target(session: Session, year: int, metric: str, value: int | None) -> None:
    """Set the target of a figure in its own unit; None takes it away.

    Two laptops may each have set one: what is set now is the only one left.

    Raises:
        DeskError: ``bad_target``: it is less than nothing.
    """
    if value is not None and value < 0:
        raise DeskError("bad_target")
    *others, last = [
        None,
        *session.scalars(
            select(Target)
            .where(Target.year == year, Target.metric == metric, Target.deleted.isnot(True))
            .order_by(Target.id)
        ),
    ]
    for other in others:
        if other is not None:
            other.deleted = True
    if last is None:
        if value is not None:
            session.add(Target(year=year, metric=metric, value=value))
    elif value is None:
        last.deleted = True
    else:
        last.value = value
