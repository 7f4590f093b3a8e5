"""Starting with the system, per user, without administrator rights; off unless it is wished."""

import os
import plistlib
import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from desktop_app.domain.errors import DeskError

_NAME = "invest-desk"
# The place Windows reads at log-on (documented under "Run and RunOnce Registry Keys").
_RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"


def command() -> list[str]:
    """Return what starts the app: the packed program, else this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "desktop_app"]


def entry_path(platform: str = sys.platform) -> Path:
    """Return the file that makes the system start the app (Linux: XDG autostart; macOS)."""
    if platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{_NAME}.plist"
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "autostart" / f"{_NAME}.desktop"


def starts_with_system(platform: str = sys.platform) -> bool:
    """Say whether the system starts the app."""
    if platform == "win32":
        return bool(_registry().value(_NAME))
    return entry_path(platform).is_file()


def set_start_with_system(on: bool, platform: str = sys.platform) -> None:
    """Let the system start the app at log-on, or no longer.

    Raises:
        DeskError: ``cannot_write``.
    """
    if platform == "win32":
        registry = _registry()
        if on:
            registry.setValue(_NAME, " ".join(f'"{part}"' for part in command()))
        else:
            registry.remove(_NAME)
        registry.sync()
        return
    path = entry_path(platform)
    try:
        if not on:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_launch_agent() if platform == "darwin" else _desktop_entry())
    except OSError as error:
        raise DeskError("cannot_write", path=str(path)) from error


def _desktop_entry() -> bytes:
    """Return an entry of the XDG autostart specification; its quoting is the one of Exec keys."""
    quoted = " ".join('"' + _escaped(part) + '"' for part in command())
    lines = ("[Desktop Entry]", "Type=Application", "Name=Invest Desk", "Name[zh_CN]=招商工作台",
             f"Exec={quoted}", "X-GNOME-Autostart-enabled=true", "")  # fmt: skip
    return "\n".join(lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", '"', "`", "$"):
        text = text.replace(sign, "\\" + sign)
    # The value of a key has a backslash and a percent sign of its own.
    return text.replace("\\", "\\\\").replace("%", "%%")


def _launch_agent() -> bytes:
    return plistlib.dumps({"Label": _NAME, "ProgramArguments": command(), "RunAtLoad": True})


def _registry() -> QSettings:
    return QSettings(_RUN, QSettings.Format.NativeFormat)
