"""The command that puts a passphrase on the workspace or the team's files, or takes it off."""

import argparse
import getpass
import os
import sys

from desktop_app.cli.output import put, say
from desktop_app.db import keys
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t

# The new passphrase, for programs; the one so far is asked of the usual variable or the keyring.
_NEW = "INVEST_DESK_NEW_PASSPHRASE"


def protect(options: argparse.Namespace) -> int:
    """Protect the workspace, or with ``--team`` the team's files; ``--off`` takes it off."""
    new = None if options.off else _new_passphrase()
    if options.team:
        from desktop_app.db.workspace import Workspace
        from desktop_app.sync.rekey import change_passphrase

        workspace = Workspace.open(options.workspace)
        try:
            change_passphrase(workspace, new)
        finally:
            workspace.close()
    else:
        from desktop_app.db import encrypt

        if new is None:
            encrypt.unprotect(options.workspace)
        else:
            encrypt.protect(options.workspace, new)
        keys.remember(str(options.workspace.resolve()), new)
    put({"protected": new is not None, "what": "team" if options.team else "workspace"})
    say(t("cli.unprotected" if new is None else "cli.protected"))
    return 0


def _new_passphrase() -> str:
    """Return the new passphrase; an argument would show it to everybody.

    Raises:
        DeskError: nobody is there to be asked, or the two times differ.
    """
    given = os.environ.get(_NEW)
    if given is None:
        if not sys.stdin.isatty():
            raise DeskError("passphrase_new_needed")
        given = getpass.getpass(t("cli.passphrase_new"))
        if getpass.getpass(t("cli.passphrase_again")) != given:
            raise DeskError("passphrase_differs")
    return given
