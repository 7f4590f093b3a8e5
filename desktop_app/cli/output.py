"""What the command line says: JSON on stdout, sentences on stderr."""

import json
import sys
from typing import Any

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import catalogue, t, word


def use_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding; a lone surrogate as its JSON escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def put(value: Any) -> None:
    """Write a value as JSON to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def put_line(text: str) -> None:
    """Write a plain line to stdout."""
    sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """Write a sentence to stderr."""
    sys.stderr.write(text + "\n")


def sentence(error: DeskError) -> str:
    """Return an expected error in the language in use."""
    values: dict[str, Any] = dict(error.values)
    if error.key == "gate_open":
        missing = values.get("missing")
        names = missing if isinstance(missing, list) else []
        values["stage_name"] = word("stage", str(values.get("stage")))
        values["fields"] = t("cli.comma").join(word("field", str(n)) for n in names)
        return t("cli.gate_open", **values)
    kind = str(values.get("kind") or "")
    values.setdefault("what", word("kind", kind))
    values.setdefault("choices", "")
    values.setdefault("path", "")
    key = f"errors.{error.key}"
    if key not in catalogue():
        return t("cli.refused", code=error.key)
    try:
        return t(key).format(**values)
    except (KeyError, IndexError):
        return t("cli.refused", code=error.key)
