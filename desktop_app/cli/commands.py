"""The commands: each opens the workspace, does one thing, and prints what came of it."""

import argparse
import contextlib
import datetime as dt
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.cli import export_commands, figure_commands, paper_commands, team_commands
from desktop_app.cli.output import put, put_line, say
from desktop_app.cli.parser import KINDS, pairs
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t, word
from desktop_app.paths import WorkspacePaths


def run(options: argparse.Namespace) -> int:
    """Run the command of the parsed arguments and return the exit code.

    Raises:
        DeskError: refused; nothing was changed.
    """
    kind = getattr(options, "kind", None)
    if kind is not None and kind not in KINDS:
        raise DeskError("unknown_kind", kind=kind, choices=", ".join(KINDS))
    if options.command == "restore":
        # It may have to replace a workspace that can't be opened.
        return _restore(options)
    if options.command == "protect":
        # Nobody may have the file open meanwhile.
        from desktop_app.cli.protect import protect

        return protect(options)
    _check_arguments(options)
    if options.command == "check" and options.file is not None:
        # A shared file is looked at without a workspace.
        return team_commands.check_file(options)
    from desktop_app.db.workspace import Workspace

    workspace = Workspace.open(options.workspace)
    try:
        workspace.author_id = _author(options.workspace)
        return _COMMANDS[options.command](workspace, options)
    finally:
        workspace.close()


def _check_arguments(options: argparse.Namespace) -> None:
    """Refuse badly written fields before a workspace is opened or made."""
    for name in ("fields", "where"):
        if hasattr(options, name):
            setattr(options, name, pairs(getattr(options, name)))


def _author(folder: Path) -> str | None:
    """Return the member who uses this laptop, or its login name if they never said."""
    from desktop_app import settings

    path = WorkspacePaths(folder).settings
    me = settings.load(path).me if path.is_file() else None
    if me is None:
        # The login name is better than nobody.
        with contextlib.suppress(OSError, KeyError, ImportError):
            return getpass.getuser()
    return me


def _demo(workspace: Any, options: argparse.Namespace) -> int:
    """Load the demonstration team."""
    if options.year is not None:
        from desktop_app.services.demo_year import make_year

        with workspace.write(t("demo.label")) as session:
            counts = make_year(session, options.year, options.seed)
        put(counts)
        say(t("cli.demo_year_done", year=options.year, n=sum(counts.values())))
        return 0
    from desktop_app.services.demo import make_demo

    with workspace.write(t("demo.label")) as session:
        counts = make_demo(session, options.leads, options.seed, dt.date.today())
    put(counts)
    say(t("cli.demo_done", leads=counts["leads"], companies=counts["companies"]))
    return 0


def _import(workspace: Any, options: argparse.Namespace) -> int:
    """Import a ledger or cards: all rows or none."""
    from desktop_app.exchange.ledger_import import apply_import, preview
    from desktop_app.exchange.plan import open_ledger, plan_import

    today = dt.date.today()
    tables = open_ledger(options.file, today)
    arguments: dict[str, Any] = {
        "today": today,
        "duplicates": options.duplicates,
        "kind": options.kind,
    }
    if options.dry_run:
        with workspace.read() as session:
            result = preview(plan_import(session, tables, **arguments))
    else:
        with workspace.write(t("cli.label_import", file=options.file.name)) as session:
            result = apply_import(session, plan_import(session, tables, **arguments))
    found = result.to_json()
    put(found)
    problems = found["problems"]
    key = "cli.import_planned" if options.dry_run else "cli.import_done"
    counts: dict[str, Any] = {n: found[n] for n in ("read", "created", "merged", "skipped")}
    say(t(key, problems=len(problems) if isinstance(problems, list) else 0, **counts))
    return 0


def _list(workspace: Any, options: argparse.Namespace) -> int:
    """Print the records of a kind."""
    from desktop_app.services import records

    with workspace.read() as session:
        put(records.list_records(session, options.kind, options.where))
    return 0


def _show(workspace: Any, options: argparse.Namespace) -> int:
    """Print one record."""
    from desktop_app.services import records

    with workspace.read() as session:
        put(records.get(session, options.kind, options.id))
    return 0


def _add(workspace: Any, options: argparse.Namespace) -> int:
    """Add a record and print its id."""
    from desktop_app.services import record_texts, records

    with workspace.write(t("cli.label_add", what=word("kind", options.kind))) as session:
        fields = record_texts.parse_fields(session, options.kind, options.fields)
        record_id = records.create(session, options.kind, **fields)
    put_line(record_id)
    return 0


def _set(workspace: Any, options: argparse.Namespace) -> int:
    """Set fields of a record; a lead's new stage goes through the gates, or has a reason."""
    from desktop_app.services import record_texts, records
    from desktop_app.services.lookup import require

    more = {}
    if options.kind == "leads" and "stage" in options.fields:
        more["reason"] = options.fields.pop("reason", "").strip() or None
    with workspace.write(t("cli.label_set", what=word("kind", options.kind))) as session:
        current = require(session, record_texts.model_of(options.kind), options.id)
        fields = record_texts.parse_fields(session, options.kind, options.fields, current)
        records.update(session, options.kind, options.id, **fields, **more)
    return 0


def _delete(workspace: Any, options: argparse.Namespace) -> int:
    """Delete a record; undo brings it back."""
    from desktop_app.services import records

    with workspace.write(t("cli.label_delete", what=word("kind", options.kind))) as session:
        records.delete(session, options.kind, options.id)
    return 0


def _undo(workspace: Any, options: argparse.Namespace) -> int:
    """Take back the latest step, or do it again."""
    from desktop_app.db.undo import redo, undo

    name = options.command
    step = undo(workspace) if name == "undo" else redo(workspace)
    if step is None:
        say(t(f"cli.nothing_to_{name}"))
        return 1
    put({"label": step.label, "kept": step.kept})
    say(t(f"cli.{name}_done", label=step.label))
    if step.kept:
        say(t("cli.kept", n=step.kept))
    return 0


def _history(workspace: Any, options: argparse.Namespace) -> int:
    """Print who changed what of a record, newest first."""
    from desktop_app.cli.history import record_history

    with workspace.read() as session:
        put(record_history(session, options.kind, options.id))
    return 0


def _search(workspace: Any, options: argparse.Namespace) -> int:
    """Print the records that a text finds."""
    from desktop_app.services.search import search_records

    with workspace.read() as session:
        hits = search_records(session, " ".join(options.text), limit=1000)
    put([hit._asdict() for hit in hits])
    return 0


def _check(workspace: Any, _options: argparse.Namespace) -> int:
    """Rebuild every row from the log and compare."""
    from desktop_app.db.check import check

    report = check(workspace)
    put(
        {
            "ok": report.ok,
            "changes": report.changes,
            "rows": report.rows,
            "problems": report.problems,
        }
    )
    say(t("cli.check_ok") if report.ok else t("cli.check_bad", n=len(report.problems)))
    return 0 if report.ok else 1


def _backup(workspace: Any, options: argparse.Namespace) -> int:
    """Write a whole backup."""
    from desktop_app.db.backup import backup

    backup(workspace, options.file)
    put({"file": str(options.file)})
    say(t("cli.backup_done", file=options.file))
    return 0


def _support(workspace: Any, options: argparse.Namespace) -> int:
    """Write the file that helps when something went wrong."""
    from desktop_app.services.support_file import write_support_file

    with workspace.look() as connection:
        write_support_file(connection, workspace.paths.folder, options.file)
    put({"file": str(options.file)})
    say(t("cli.support_done", file=options.file))
    return 0


def _restore(options: argparse.Namespace) -> int:
    """Put a backup in the workspace's place; what was there is kept."""
    from desktop_app.db.backup import restore

    kept = restore(options.workspace, options.file)
    put({"file": str(options.file), "kept": str(kept) if kept else None})
    say(t("cli.restore_done", file=options.file))
    if kept:
        say(t("cli.restore_kept", file=kept))
    return 0


_COMMANDS: dict[str, Callable[[Any, argparse.Namespace], int]] = {
    "demo": _demo,
    "figures": figure_commands.figures,
    "import": _import,
    "list": _list,
    "show": _show,
    "add": _add,
    "set": _set,
    "delete": _delete,
    "undo": _undo,
    "redo": _undo,
    "history": _history,
    "search": _search,
    "pdf": paper_commands.write_pdf,
    "docx": paper_commands.write_docx,
    "export": export_commands.export,
    "check": _check,
    "backup": _backup,
    "support": _support,
    **team_commands.COMMANDS,
}
