"""Places: towns with their zone and coordinates, found by any of their names.

Source: GeoNames (CC BY 4.0), packed by packaging/build_places.py.
"""

import gzip
import json
from functools import cache
from typing import NamedTuple

from desktop_app.db.search_keys import fold
from desktop_app.paths import resource


class Place(NamedTuple):
    """A town: local and Chinese name, region as ``holidays`` codes it, coordinates in 1e-6°."""

    name: str
    name_zh: str | None
    country: str
    region: str | None
    zone: str
    lat_e6: int
    lon_e6: int
    population: int


@cache
def _subdivisions() -> dict[str, dict[str, str]]:
    """Return the code of each canton, Land or province by country and GeoNames code."""
    found = json.loads(resource("places", "subdivisions.json").read_text("utf-8"))
    return {
        country: {
            code: (v if isinstance(v, str) else v.get("holidays")) for code, v in codes.items()
        }
        for country, codes in found.items()
    }


@cache
def _places() -> tuple[list[Place], dict[str, list[int]]]:
    """Return all places, largest first, and their positions by folded name."""
    with gzip.open(resource("places", "places.json.gz"), "rt", encoding="utf-8") as file:
        rows = json.load(file)
    regions = _subdivisions()
    rows.sort(key=lambda r: -r[8])
    places = []
    names: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        _, name, name_zh, country, admin, lat, lon, zone, population, *others = row
        region = regions.get(country, {}).get(admin)
        places.append(Place(name, name_zh, country, region, zone, lat, lon, population))
        known = {name, name_zh, *(others[0] if others else ())}
        for one in known:
            if one:
                names.setdefault(fold(one), []).append(index)
    return places, names


def find_place(name: str | None, country: str | None = None) -> Place | None:
    """Return the largest place of that name; ``苏黎世 Zürich`` is understood."""
    if not name or not name.strip():
        return None
    places, names = _places()
    text = name.strip()
    candidates = [text, *text.replace("/", " ").split(), text.split(",")[0].split("(")[0].strip()]
    for candidate in candidates:
        for index in names.get(fold(candidate), ()):
            if country is None or places[index].country == country:
                return places[index]
    return None


def suggest(prefix: str, country: str | None = None, limit: int = 12) -> list[Place]:
    """Return the largest places with a name that begins with ``prefix``."""
    start = fold(prefix.strip())
    if not start:
        return []
    places, names = _places()
    found = {i for name, positions in names.items() if name.startswith(start) for i in positions}
    chosen = sorted(i for i in found if country is None or places[i].country == country)
    return [places[i] for i in chosen[:limit]]
