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


# The clock of countries without places of ours, where the whole country (or its business) has one.
_COUNTRY_ZONES = {
    "AE": "Asia/Dubai", "AT": "Europe/Vienna", "BE": "Europe/Brussels", "BG": "Europe/Sofia",
    "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn", "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens",
    "HK": "Asia/Hong_Kong", "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem", "IN": "Asia/Kolkata", "IT": "Europe/Rome", "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul", "LI": "Europe/Vaduz", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga", "MC": "Europe/Monaco", "MO": "Asia/Macau", "MT": "Europe/Malta",
    "MY": "Asia/Kuala_Lumpur", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade", "SA": "Asia/Riyadh", "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava",
    "SM": "Europe/San_Marino", "TH": "Asia/Bangkok", "TR": "Europe/Istanbul", "TW": "Asia/Taipei",
    "VN": "Asia/Ho_Chi_Minh",
}  # fmt: skip


@cache
def _subdivisions() -> tuple[dict[tuple[str, str], str | None], dict[int, str]]:
    """Return the holiday code by (country, GeoNames state), and that of single places by id."""
    countries = json.loads(resource("places", "subdivisions.json").read_text("utf-8"))
    states = {
        (country, code): state["holidays"]
        for country, codes in countries.items()
        for code, state in codes.items()
    }
    towns = json.loads(resource("places", "holiday_places.json").read_text("utf-8"))
    single = {int(i): code for ids in towns.values() for i, code in ids.items()}
    return states, single


@cache
def _places() -> tuple[list[Place], dict[str, list[int]]]:
    """Return all places, largest first, and their positions by folded name."""
    with gzip.open(resource("places", "places.json.gz"), "rt", encoding="utf-8") as file:
        rows = json.load(file)
    states, single = _subdivisions()
    rows.sort(key=lambda r: -r[8])
    places = []
    names: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        geoname_id, name, name_zh, country, admin, lat, lon, zone, population, *others = row
        region = single.get(geoname_id) or states.get((country, admin))
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


def zone_at(city: str | None, country: str | None) -> str | None:
    """Return the IANA zone of a city, else of its country; None when neither is known."""
    place = find_place(city, country) if city else None
    return place.zone if place else _COUNTRY_ZONES.get(country or "")


def located(city: str | None, country: str | None) -> dict[str, str | int | None]:
    """Return the columns that a known city gives a record: its region and coordinates."""
    place = find_place(city, country)
    if place is None:
        return {}
    return {"region": place.region, "lat_e6": place.lat_e6, "lon_e6": place.lon_e6}


def suggest(prefix: str, country: str | None = None, limit: int = 12) -> list[Place]:
    """Return places with a name that begins with ``prefix``: first by their own, largest first."""
    start = fold(prefix.strip())
    if not start:
        return []
    places, names = _places()
    found = {i for name, positions in names.items() if name.startswith(start) for i in positions}
    chosen = [i for i in found if country is None or places[i].country == country]

    def rank(index: int) -> tuple[bool, int]:
        place = places[index]
        own = (place.name, place.name_zh or "")
        return not any(fold(name).startswith(start) for name in own), index

    return [places[i] for i in sorted(chosen, key=rank)[:limit]]
