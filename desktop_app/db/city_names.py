"""The names of a city in both scripts, so that a search by either finds it.

Source: GeoNames (CC BY 4.0), packed by packaging/build_places.py.
"""

import json
from functools import cache

from desktop_app.paths import resource


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    """Return the local and the Chinese name of each city by any of its names, in lower case."""
    rows: list[list[str]] = json.loads(resource("places", "city_names.json").read_text("utf-8"))
    pairs: dict[str, tuple[str, str]] = {}
    # The largest place comes first, and a place's own names go before another's spelling.
    for name, chinese, *_ in rows:
        pairs.setdefault(name.casefold(), (name, chinese))
        pairs.setdefault(chinese, (name, chinese))
    for name, chinese, *others in rows:
        for other in others:
            pairs.setdefault(other.casefold(), (name, chinese))
    return pairs


def city_names(city: str) -> tuple[str, ...]:
    """Return the local and the Chinese name of a city named in any way; none if it is unknown."""
    return _pairs().get(city.strip().casefold(), ())
