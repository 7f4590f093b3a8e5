"""The commands of a team: joining its shared file, syncing, and settling two answers."""

import argparse
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop_app.cli.output import put, say, sentence
from desktop_app.cli.parser import WrongUsage
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t, word
from desktop_app.paths import WorkspacePaths

WAITS = 3

# Faults of the share, not of the work: it is safe on this laptop and waits.
_WAITING = frozenset({"share_away", "share_read_only", "share_full", "share_busy"})


def passphrase() -> str | None:
    """Return the passphrase of an encrypted file; arguments would show it to everybody."""
    return os.environ.get("INVEST_DESK_PASSPHRASE") or None


def _connect(workspace: Any, options: argparse.Namespace) -> int:
    """Join the team's shared file, sync once, and note who uses this laptop."""
    from desktop_app.sync import team
    from desktop_app.sync.modes import Mode

    mode = Mode(options.mode) if options.mode else None
    try:
        team.connect(
            workspace, options.location, create=options.create, mode=mode, passphrase=passphrase()
        )
    except DeskError as error:
        if error.key not in _WAITING:
            raise
        say(sentence(error))
        return WAITS
    result = team.sync(workspace, passphrase=passphrase())
    member = None
    if options.name and result.state not in (team.State.OFFLINE, team.State.PROBLEM):
        # Only now are the team's members known: one of that name may be among them.
        member = _work_as(workspace, options.name.strip())
        again = team.sync(workspace, passphrase=passphrase())
        pulled, pushed = result.pulled + again.pulled, result.pushed + again.pushed
        result = replace(again, pulled=pulled, pushed=pushed)
    status = team.status(workspace)
    put(
        {
            "location": status.location,
            "mode": str(status.mode) if status.mode else None,
            "created": options.create,
            "me": member,
            **_result(result),
        }
    )
    say(t("cli.created" if options.create else "cli.connected", location=options.location))
    if options.name:
        say(t("cli.me", name=options.name.strip()) if member else t("cli.me_later"))
    return _tell(result)


def _work_as(workspace: Any, name: str) -> str:
    """Let the member of that name, added when new, use this laptop; return their id."""
    from desktop_app import settings
    from desktop_app.services import members

    with workspace.write(t("cli.label_add", what=word("kind", "members"))) as session:
        member_id = members.find_or_add(session, name)
    path = WorkspacePaths(workspace.paths.folder).settings
    chosen = settings.load(path)
    chosen.me = member_id
    settings.save(chosen, path)
    workspace.author_id = member_id
    return member_id


def _sync(workspace: Any, _options: argparse.Namespace) -> int:
    """Sync once."""
    from desktop_app.sync import team

    result = team.sync(workspace, passphrase=passphrase())
    if result.state is team.State.NOT_CONNECTED:
        raise DeskError("team_not_connected")
    put(_result(result))
    return _tell(result)


def _result(result: Any) -> dict[str, Any]:
    """Return what a sync did for JSON."""
    return {
        "pulled": result.pulled,
        "pushed": result.pushed,
        "conflicts": result.conflicts,
        "state": str(result.state),
        "problems": [_problem(problem) for problem in result.problems],
    }


def _problem(problem: Any) -> dict[str, str]:
    """Return a problem for JSON: its key and its sentence."""
    text = sentence(DeskError(problem.key, **problem.values))
    return {"problem": problem.key, "text": text}


def _tell(result: Any) -> int:
    """Say in sentences what a sync did, and return the exit code."""
    from desktop_app.sync.team import State

    for problem in result.problems:
        say(_problem(problem)["text"])
    told = {problem.key for problem in result.problems}
    if result.state in (State.IN_SHARED_FILE, State.SAVED_HERE):
        say(t("cli.synced", pulled=result.pulled, pushed=result.pushed))
        if result.conflicts:
            say(t("cli.conflicts", n=result.conflicts))
        return 0
    if not told:
        say(t(f"cli.state.{result.state}"))
    if not told & _WAITING:
        # Those sentences say it themselves.
        say(t("cli.waits"))
    waits = told & _WAITING or result.state in (State.OFFLINE, State.READ_ONLY, State.BUSY)
    return WAITS if waits else 1


def _status(workspace: Any, _options: argparse.Namespace) -> int:
    """Say where the work stands, by what this laptop knows."""
    from desktop_app.sync import team

    status = team.status(workspace)
    put(
        {
            "location": status.location,
            "mode": str(status.mode) if status.mode else None,
            "state": str(status.state),
            "waiting": status.waiting,
            "seen_by": status.seen_by,
            "laptops": status.laptops,
            "conflicts": status.conflicts,
            "incoming": status.incoming,
            "last_sync_at": _moment(status.last_sync_at) if status.last_sync_at else None,
            "problem": _problem(status.problem) if status.problem else None,
        }
    )
    say(t(f"cli.state.{status.state}", waiting=status.waiting, seen_by=status.seen_by))
    if status.problem:
        say(_problem(status.problem)["text"])
    if status.conflicts:
        say(t("cli.conflicts", n=status.conflicts))
    return 0


def _disconnect(workspace: Any, _options: argparse.Namespace) -> int:
    """Leave the shared file."""
    from desktop_app.sync import team

    location = team.status(workspace).location
    team.disconnect(workspace)
    put({"location": location})
    say(t("cli.disconnected", location=location))
    return 0


def _conflicts(workspace: Any, _options: argparse.Namespace) -> int:
    """Print every field with two answers."""
    from desktop_app.cli.history import outside_values
    from desktop_app.services import record_texts
    from desktop_app.sync.conflicts import conflicts

    with workspace.read() as session:
        found = conflicts(session)
        listed = []
        for one in found:
            outside = outside_values(session, one.kind, one.row)
            listed.append(
                {
                    "kind": one.kind,
                    "id": one.row,
                    "field": record_texts.public_name(one.column),
                    "title": one.title,
                    "base": outside(one.column, one.base),
                    "sides": [
                        {
                            "value": outside(one.column, side.value),
                            "at": _moment(side.at),
                            "by": side.by,
                        }
                        for side in one.sides
                    ],
                }
            )
    put(listed)
    say(t("cli.conflicts", n=len(listed)) if listed else t("cli.no_conflicts"))
    return 0


def _moment(at: dt.datetime) -> str:
    """Return a moment as UTC text."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _resolve(workspace: Any, options: argparse.Namespace) -> int:
    """Settle fields of one record."""
    from desktop_app.services import record_texts, records
    from desktop_app.sync import conflicts

    model = record_texts.model_of(options.kind)
    fields = dict(options.fields)
    values: dict[str, Any] = {}
    if "deleted" in fields:
        values["deleted"] = _truth(fields.pop("deleted"))
    with workspace.read() as session:
        current = records.find_even_deleted(session, options.kind, options.id)
        parsed = record_texts.parse_fields(session, options.kind, fields, current)
    values |= {column: record_texts.log_value(value) for column, value in parsed.items()}
    label = t("cli.label_resolve", what=word("kind", options.kind))
    conflicts.resolve_fields(workspace, model.__tablename__, options.id, values, label)
    with workspace.read() as session:
        left = conflicts.count(session)
    put({"kind": options.kind, "id": options.id, "left": left})
    say(t("cli.resolved", n=left))
    return 0


def _truth(text: str) -> bool:
    """Return whether a disputed record is to be deleted.

    Raises:
        WrongUsage: the text says neither.
    """
    known = {"true": True, "false": False}
    if text.casefold() not in known:
        raise WrongUsage(t("cli.bad_choice", what=text))
    return known[text.casefold()]


def check_file(options: argparse.Namespace) -> int:
    """Verify a shared file and what belongs to it; nothing is written."""
    from desktop_app.sync.verify import verify

    report = verify(options.file, passphrase())
    put(
        {
            "ok": not report.problems,
            "team": report.team,
            "changes": report.changes,
            "parts": [{"name": name, "changes": count} for name, count in report.parts],
            "problems": [
                {"problem": "damaged", "part": name, "detail": detail}
                for name, detail in report.problems
            ],
        }
    )
    if report.problems:
        say(t("cli.check_file_bad", n=len(report.problems)))
        return 1
    say(t("cli.check_file_ok", parts=len(report.parts), changes=report.changes))
    return 0


COMMANDS: dict[str, Callable[[Any, argparse.Namespace], int]] = {
    "connect": _connect,
    "sync": _sync,
    "status": _status,
    "disconnect": _disconnect,
    "conflicts": _conflicts,
    "resolve": _resolve,
}
