"""Settings the whole team shares, such as limits and score weights."""

import json
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from desktop_app.db.models import Setting

DEFAULTS: dict[str, Any] = {
    "team_name": None,
    "team_name_en": None,
    "stale_days": 30,
    "value_weights": None,
    "trip_limits": {},
}


def setting_id(name: str) -> str:
    """Return the row key of a setting: the same on every laptop, so that two agree."""
    return blake2b(f"setting:{name}".encode(), digest_size=16).hexdigest()


def get(session: Session, name: str, default: Any = None) -> Any:
    """Return the value of a team setting, or the default."""
    row = session.get(Setting, setting_id(name))
    if row is None or row.deleted or row.value is None:
        return DEFAULTS.get(name) if default is None else default
    try:
        return json.loads(row.value)
    except ValueError:
        return default


def put(session: Session, name: str, value: Any) -> None:
    """Set a team setting to a JSON value."""
    row = session.get(Setting, setting_id(name))
    if row is None:
        row = Setting(id=setting_id(name), name=name)
        session.add(row)
    row.deleted = None
    row.value = json.dumps(value, ensure_ascii=False, sort_keys=True)
