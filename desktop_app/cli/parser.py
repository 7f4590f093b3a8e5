"""The words of the command line: subcommands, arguments, options."""

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.i18n import LANGUAGES, t

KINDS = (
    "leads companies contacts trips meetings follow-ups members events "
    "stops legs delegates attendees lead-stages cases dispatch-meetings dispatch-items approvals "
    "approval-services facilities event-companies capital-receipts squads squad-members targets "
    "attachments settings"
).split()

PAPERS = (
    "trip-briefing", "trip-report", "lead-brief", "pocket-card", "contact-sheet",
    "dispatch-minutes", "weekly", "monthly", "yearly",
)  # fmt: skip
# What ``export`` writes; a ledger, but for the programme of a trip and the cards of people.
LEDGERS = (
    "leads", "follow-ups", "trip", "contacts", "cases", "approvals", "facilities",
    "capital-receipts",
)  # fmt: skip

# What argparse says in English, and the key of our own sentence.
_SENTENCES = (
    ("cli.missing", r"the following arguments are required: (.+)"),
    ("cli.unknown", r"unrecognized arguments: (.+)"),
    ("cli.no_such_command", r"argument COMMAND: invalid choice: '([^']*)'"),
    ("cli.bad_choice", r"invalid choice: '([^']*)'"),
    ("cli.bad_value", r"invalid \w+ value: '([^']*)'"),
    ("cli.no_value", r"argument (\S+): expected (?:one|at least one) argument"),
    ("cli.detail", r"argument \S+: (.+)"),
)


class WrongUsage(Exception):  # noqa: N818 - what the person typed, not a fault
    """The arguments make no sense; its text says why."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong by an exception, not by leaving."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print, in the language in use where we know the sentence."""
        for key, pattern in _SENTENCES:
            found = re.search(pattern, message)
            if found:
                raise WrongUsage(t(key, what=found[1]))
        raise WrongUsage(message)


def _count(text: str) -> int:
    """Return a whole number from 0 to a million."""
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError(t("cli.count_range"))
    return number


def _year(text: str) -> int:
    """Return a year of four digits."""
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise argparse.ArgumentTypeError(t("cli.not_a_year", text=text))
    return int(text)


def _size(text: str) -> str:
    """Return a picture's size written WxH."""
    if not re.fullmatch(r"[1-9]\d{1,3}x[1-9]\d{1,3}", text.lower()):
        raise argparse.ArgumentTypeError(t("cli.size", size=text))
    return text


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; the common options stand before or after the command."""
    common = _Parser(add_help=False)
    # SUPPRESS: an option given before the command is not lost to the default of one after it.
    nothing: dict[str, Any] = {"default": argparse.SUPPRESS}
    common.add_argument("--workspace", type=Path, metavar="DIR", help=t("cli.help_dir"), **nothing)
    common.add_argument("--lang", choices=LANGUAGES, help=t("cli.help_lang"), **nothing)
    common.add_argument("--json", action="store_true", help=t("cli.help_json"), **nothing)
    parser = _Parser(prog="invest-desk", description=t("cli.help_all"), parents=[common])
    parser.add_argument("--version", action="store_true")
    folder = _Parser(add_help=False)
    folder.add_argument("--workspace", type=Path, metavar="DIR", help=t("cli.help_dir"), **nothing)
    folder.add_argument("--json", action="store_true", help=t("cli.help_json"), **nothing)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str) -> argparse.ArgumentParser:
        text = t(f"cli.help_{name}")
        return commands.add_parser(name, help=text, description=text, parents=[common])

    demo = add("demo")
    demo.add_argument("--leads", type=_count, default=300, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument("--year", type=_year, metavar="YEAR", help=t("cli.help_demo_year"))
    figures = add("figures")
    figures.add_argument("year", type=_year, metavar="YEAR")
    instead = figures.add_mutually_exclusive_group()
    instead.add_argument("--behind", metavar="FIGURE", help=t("cli.help_behind"))
    instead.add_argument("--by", metavar="PART", help=t("cli.help_by"))
    _add_import(add("import"))
    listing = add("list")
    listing.add_argument("kind", metavar="KIND")
    listing.add_argument("--where", nargs="+", action="extend", default=[], metavar="FIELD=VALUE")
    for name in ("show", "history", "delete"):
        one = add(name)
        one.add_argument("kind", metavar="KIND")
        one.add_argument("id", metavar="ID")
    new = add("add")
    new.add_argument("kind", metavar="KIND")
    new.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    change = add("set")
    change.add_argument("kind", metavar="KIND")
    change.add_argument("id", metavar="ID")
    change.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    for name in ("undo", "redo", "sync", "conflicts", "status", "disconnect"):
        add(name)
    add("check").add_argument("--file", type=Path, metavar="FILE", help=t("cli.help_check_file"))
    _add_connect(add("connect"))
    settle = add("resolve")
    settle.add_argument("kind", metavar="KIND")
    settle.add_argument("id", metavar="ID")
    settle.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    add("search").add_argument("text", nargs="+", metavar="TEXT")
    _add_paper(commands, folder, "pdf", PAPERS).add_argument(
        "--year", type=_year, metavar="YEAR", help=t("cli.help_paper_year")
    )
    _add_paper(commands, folder, "docx", ("trip-report",))
    out = add("export")
    out.add_argument("what", choices=LEDGERS)
    out.add_argument("id", nargs="?", metavar="TRIP_ID", help=t("cli.help_export_id"))
    out.add_argument("out", type=Path, metavar="OUT")
    picture = add("screenshot")
    picture.add_argument("view", metavar="VIEW")
    picture.add_argument("out", type=Path, metavar="OUT.png")
    picture.add_argument("--size", type=_size, default="1440x900", metavar="WxH")
    picture.add_argument("--theme", choices=["light", "dark"], default="light")
    picture.add_argument("--scale", type=float, default=1.0)
    guard = add("protect")
    guard.add_argument("--team", action="store_true", help=t("cli.help_protect_team"))
    guard.add_argument("--off", action="store_true", help=t("cli.help_protect_off"))
    for name in ("backup", "restore", "support"):
        add(name).add_argument("file", type=Path, metavar="FILE")
    return parser


def _add_paper(
    commands: Any, common: _Parser, name: str, documents: tuple[str, ...]
) -> argparse.ArgumentParser:
    """Add a command that prints; a paper may be in both languages at once."""
    text = t(f"cli.help_{name}")
    parser = commands.add_parser(name, help=text, description=text, parents=[common])
    parser.add_argument("document", choices=documents)
    parser.add_argument("id", nargs="?", metavar="ID", help=t("cli.help_paper_id"))
    parser.add_argument("out", type=Path, metavar=f"OUT.{name}")
    parser.add_argument(
        "--lang", dest="paper_lang", choices=[*LANGUAGES, "both"], help=t("cli.help_paper_lang")
    )
    parser.add_argument("--date", type=_day, metavar="DATE", help=t("cli.help_paper_date"))
    parser.add_argument("--classification", metavar="TEXT", help=t("cli.help_classification"))
    made: argparse.ArgumentParser = parser
    return made


def _day(text: str) -> dt.date:
    """Return a day written 2026-11-23."""
    try:
        day = dt.date.fromisoformat(text)
        # Beyond these a period has no neighbour.
        if not 1900 <= day.year <= 2200:
            raise ValueError(day)
        return day
    except ValueError:
        raise argparse.ArgumentTypeError(t("cli.not_a_day", text=text)) from None


def _add_import(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the import."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--kind", choices=["leads", "contacts", "follow-ups", "cases", "approvals"])
    parser.add_argument("--duplicates", choices=["skip", "merge", "new"], default="merge")
    parser.add_argument("--dry-run", action="store_true")


def _add_connect(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of joining a team."""
    # A text: it may also name a server.
    parser.add_argument("location", metavar="FILE")
    parser.add_argument("--create", action="store_true", help=t("cli.help_create"))
    parser.add_argument("--mode", choices=["drive", "folder"], help=t("cli.help_mode"))
    parser.add_argument("--as", dest="name", metavar="NAME", help=t("cli.help_as"))


def pairs(words: list[str]) -> dict[str, str]:
    """Return the fields of ``FIELD=VALUE`` words.

    Raises:
        WrongUsage: a word has no ``=`` or no field, or a field stands twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise WrongUsage(t("cli.not_a_pair", word=word))
        if name.strip() in found:
            raise WrongUsage(t("cli.field_twice", field=name.strip()))
        found[name.strip()] = value
    return found
