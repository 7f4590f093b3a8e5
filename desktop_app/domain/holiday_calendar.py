"""Public holidays at a place (canton, Land, province) and in China, with their names.

Source: the ``holidays`` package; next year's Chinese dates are provisional until announced.
"""

import datetime as dt
from functools import cache
from typing import Any, NamedTuple

# Chinese names of the holidays our trips meet, by their English name in the package.
_CHINESE = {
    "New Year's Day": "元旦", "Saint Berchtold's Day": "圣贝希托尔德日", "Epiphany": "主显节",
    "Good Friday": "耶稣受难日", "Easter Sunday": "复活节", "Easter Monday": "复活节星期一",
    "Labor Day": "劳动节", "Ascension Day": "耶稣升天节", "Pentecost": "圣灵降临节",
    "Pentecost Monday": "圣灵降临节星期一", "Corpus Christi": "圣体节", "National Day": "国庆节",
    "Assumption Day": "圣母升天节", "Assumption Of Mary Day": "圣母升天节",
    "All Saints' Day": "诸圣节", "Immaculate Conception": "圣母无染原罪节",
    "Christmas Day": "圣诞节", "Saint Stephen's Day": "圣斯德望日",
    "Second Day of Christmas": "圣诞节次日", "German Unity Day": "德国统一日",
    "Reformation Day": "宗教改革日", "Repentance and Prayer Day": "忏悔祈祷日",
    "Women's Day": "妇女节", "World Children's Day": "世界儿童日",
    "Augsburg Peace Festival": "奥格斯堡和平节", "Liberation Day": "解放日",
    "Republic Day": "共和国日", "National Unity Day": "国家统一日",
    "Saint Ambrose's Day": "圣安博节", "Saint John's Day": "圣约翰节",
    "Saint Joseph's Day": "圣若瑟节", "Saints Peter and Paul": "圣彼得和圣保罗节",
    "Saint Nicholas of Flüe": "圣尼各老·弗吕节", "Independence Day": "独立日",
    "Knabenschiessen": "苏黎世少年射击节", "Prayer Monday": "联邦祈祷日星期一",
    "Genevan Fast": "日内瓦斋戒日", "Restoration Day": "复国日",
    "Battle of Naefels Victory Day": "内费尔斯战役纪念日", "Armistice Day": "停战纪念日",
    "Victory Day": "胜利日", "Candlemas": "圣烛节", "Nativity of Mary": "圣母诞辰",
    "Saint Francis of Assisi, Patron Saint of Italy": "圣方济各节",
    "Our Lady of the Fire": "弗利火圣母节",
    "Chinese New Year (Spring Festival)": "春节", "Chinese New Year's Eve": "除夕",
    "Tomb-Sweeping Day": "清明节", "Dragon Boat Festival": "端午节",
    "Mid-Autumn Festival": "中秋节",
}  # fmt: skip


def _chinese(name: str) -> str:
    """Return a holiday's Chinese name; a town's patron day without one is called just that."""
    if name.startswith("Day off"):
        return "调休放假"
    known = _CHINESE.get(name)
    if known is None and name.startswith(("Saint", "Our Lady")):
        return f"当地主保日 {name}"
    return known or name


class Holiday(NamedTuple):
    """A public holiday on a day, named in both languages."""

    name: str
    name_zh: str


@cache
def _calendar(country: str, region: str | None, year: int) -> dict[dt.date, str]:
    """Return the holidays of one year by day, in English; nothing for an unknown country."""
    import holidays

    region = region or None
    try:
        supported = holidays.list_supported_countries(include_aliases=False)
        if country not in supported:
            return {}
        if region not in supported[country]:
            region = None
        return dict(holidays.country_holidays(country, region, years=year, language="en_US"))
    except NotImplementedError:
        return {}


def holiday_on(day: dt.date, country: str | None, region: str | None = None) -> Holiday | None:
    """Return the public holiday of a place on a day, or None.

    Args:
        day: the day.
        country: ISO alpha-2 code.
        region: canton, Land or province as the ``holidays`` package codes it.
    """
    if not country:
        return None
    name = _calendar(country, region, day.year).get(day)
    if name is None:
        return None
    first = name.split(";")[0].removesuffix(" (observed)").strip()
    return Holiday("Bridge day" if first.startswith("Day off") else first, _chinese(first))


def is_provisional_in_china(year: int) -> bool:
    """Return whether China's days off in lieu (调休) of a year are not announced yet."""
    return not any(n.startswith("Day off") for n in _calendar("CN", None, year).values())


@cache
def _days_off_in_china(year: int) -> Any:
    """Return the calendar of a year in China: making it takes longer than asking it."""
    import holidays

    return holidays.country_holidays("CN", years=year)


@cache
def is_working_day_in_china(day: dt.date) -> bool:
    """Return whether offices in China work that day; weekends made up for (调休) count as work."""
    return bool(_days_off_in_china(day.year).is_working_day(day))
