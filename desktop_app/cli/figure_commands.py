"""The figures of a year for scripts, and the records behind each."""

import argparse
from typing import Any

from desktop_app.cli.output import put
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t


def figures(workspace: Any, options: argparse.Namespace) -> int:
    """Print the figures of a year, their parts, or the records behind one of them.

    Raises:
        DeskError: ``unknown_figure``, ``unknown_breakdown``.
    """
    from desktop_app.services import year_figures as counted

    if options.by is not None:
        return _parts(workspace, options.year, options.by)
    with workspace.read() as session:
        if options.behind is None:
            put(
                {
                    name: {
                        "value": one.value,
                        "target": one.target,
                        "records": one.records,
                        **({"of": one.whole} if one.whole is not None else {}),
                        "unit": one.unit,
                    }
                    for name, one in counted.year_figures(session, options.year).items()
                }
            )
            return 0
        known = counted.METRICS | counted.MORE_METRICS
        if options.behind not in known:
            raise DeskError("unknown_figure", name=options.behind, choices=", ".join(known))
        behind = counted.records_behind(session, options.year, options.behind)
    put(
        {
            "records": [one._asdict() for one in behind.counted],
            "remarks": [
                {**one._asdict(), "remark": t("figures.remark.before_signing")}
                for one in behind.early
            ],
            "not_counted": [
                {**one._asdict(), "reason": t(f"figures.because.{one.because}")}
                for one in behind.left_out
            ],
        }
    )
    return 0


def _parts(workspace: Any, year: int, by: str) -> int:
    """Print the parts of every figure that has them."""
    from desktop_app.services.year_breakdowns import BY, breakdown
    from desktop_app.services.year_labels import part_name

    known = dict.fromkeys(one for breakdowns in BY.values() for one in breakdowns)
    if by not in known:
        raise DeskError("unknown_breakdown", name=by, choices=", ".join(known))
    with workspace.read() as session:
        found = {
            metric: [
                {**part._asdict(), "label": part_name(session, metric, by, part.code)}
                for part in breakdown(session, year, metric, by)
            ]
            for metric, breakdowns in BY.items()
            if by in breakdowns
        }
    put(found)
    return 0
