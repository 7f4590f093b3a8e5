"""Settings the whole team shares, such as limits and score weights."""

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from desktop_app.db.driver import Source, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DEFAULTS: dict[str, Any] = {
    "team_name": None,
    "team_name_en": None,
    "stale_days": 30,
    "value_weights": None,
    "trip_limits": {},
    "case_categories": None,
    "case_lights": {},
    "approval_templates": None,
}


def setting_id(name: str) -> str:
    """Return the row key of a setting: the same on every laptop, so that two agree."""
    return blake2b(f"setting:{name}".encode(), digest_size=16).hexdigest()


def get(source: Source, name: str, default: Any = None) -> Any:
    """Return the value of a team setting, or the default."""
    row = (
        plain(source)
        .execute(
            "SELECT value FROM setting WHERE id = ? AND deleted IS NOT 1",
            (bytes.fromhex(setting_id(name)),),
        )
        .fetchone()
    )
    if row is None or row[0] is None:
        return DEFAULTS.get(name) if default is None else default
    try:
        return json.loads(row[0])
    except ValueError:
        return default


def put(session: "Session", name: str, value: Any) -> None:
    """Set a team setting to a JSON value."""
    from desktop_app.db.models import Setting

    row = session.get(Setting, setting_id(name))
    if row is None:
        row = Setting(id=setting_id(name), name=name)
        session.add(row)
    row.deleted = None
    row.value = json.dumps(value, ensure_ascii=False, sort_keys=True)
