"""The entry of the command line: reads the arguments, runs one command, returns its exit code."""

import argparse
import contextlib
import locale
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app import __version__
from desktop_app.cli import output
from desktop_app.cli.parser import WrongUsage, make_parser
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import LANGUAGES, set_language, t
from desktop_app.paths import WorkspacePaths, default_workspace

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(
    argv: Sequence[str],
    screenshot: Callable[[argparse.Namespace], int] | None = None,
) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name.
        screenshot: makes the picture of a view, given the parsed arguments; needs a window system.

    Returns:
        0 done, 1 refused (the reason is on stderr), 2 wrong usage, 3 the shared file is out of
        reach: the work is safe on this laptop and waits.
    """
    output.use_utf8()
    set_language(_language(argv, default_workspace()))
    try:
        options = make_parser().parse_args([_clean(word) for word in argv])
    except WrongUsage as error:
        output.say(t("cli.wrong_usage", reason=str(error)))
        return WRONG_USAGE
    except SystemExit:
        # --help has been printed.
        return DONE
    if options.version:
        output.put_line(__version__)
        return DONE
    if options.command is None:
        output.say(t("cli.no_command"))
        return WRONG_USAGE
    folder: Path = getattr(options, "workspace", None) or default_workspace()
    options.workspace = folder
    set_language(_language(argv, folder))
    if options.command == "screenshot":
        return _picture(options, screenshot)
    return _run(options)


def _picture(
    options: argparse.Namespace, screenshot: Callable[[argparse.Namespace], int] | None
) -> int:
    """Hand a picture over to whoever can draw it."""
    if screenshot is None:
        output.say(t("cli.no_screenshot"))
        return REFUSED
    return screenshot(options)


def _run(options: argparse.Namespace) -> int:
    """Run a command; whatever goes wrong becomes one sentence."""
    from desktop_app.cli import commands

    try:
        code = commands.run(options)
        sys.stdout.flush()
        return code
    except WrongUsage as error:
        output.say(t("cli.wrong_usage", reason=str(error)))
        return WRONG_USAGE
    except DeskError as error:
        output.say(output.sentence(error))
        return WRONG_USAGE if error.key == "unknown_kind" else REFUSED
    except BrokenPipeError:
        # Whoever read the output has enough; Python must not try to flush the rest.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        output.say(t("cli.stopped"))
        return REFUSED
    except Exception as error:
        # The one handler of what nobody expected: logged whole, told in a sentence.
        expected = _as_expected(error)
        if expected is not None:
            output.say(output.sentence(expected))
        else:
            log = _log(options.workspace)
            output.say(t("cli.unexpected", error=type(error).__name__, log=str(log)))
        return REFUSED


def _as_expected(error: Exception) -> DeskError | None:
    """Return the typed error of a database fault met while reading."""
    from sqlalchemy.exc import DatabaseError

    from desktop_app.db.workspace import expected_error

    return expected_error(error) if isinstance(error, DatabaseError) else None


def _log(folder: Path) -> Path:
    """Append the traceback at hand to the workspace's log and return its path."""
    path = folder / "invest-desk.log"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(traceback.format_exc())
    logging.getLogger(__name__).debug("logged to %s", path)
    return path


def _clean(word: str) -> str:
    """Return an argument as proper text: bytes that are no UTF-8 become replacement marks."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _language(argv: Sequence[str], folder: Path) -> str:
    """Return the language asked for, else that of the workspace's settings, else the system's."""
    from desktop_app import settings

    for n, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--lang":
            asked = value or (argv[n + 1] if n + 1 < len(argv) else "")
            if asked in LANGUAGES:
                return asked
    path = WorkspacePaths(folder).settings
    chosen = settings.load(path).language if path.is_file() else ""
    if chosen in LANGUAGES:
        return chosen
    named = next(
        (os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), ""
    )
    return (
        "zh"
        if (named or locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))
        else "en"
    )
