"""Names are found in any script, by pinyin and initials, with or without diacritics."""

import pytest

from desktop_app.db.search_keys import fold, key_of, matches, record_key


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Mühlhausen Präzision GmbH", "muhl"),
        ("Mühlhausen Präzision GmbH", "muehl praez"),
        ("镇江", "zj"),
        ("镇江", "zhenjiang"),
        ("上海联博液压有限公司", "联博"),
        ("上海联博液压有限公司", "lb"),
        ("单静", "shanjing"),
        ("单静", "sj"),
        ("Łukor Šimona Ødegård Strauß", "lukor simona odegard strauss"),
        ("Rheintal Hydraulik AG", "rha"),
    ],
)
def test_a_name_is_found(name: str, query: str) -> None:
    assert matches(key_of(name), query)


def test_every_word_must_be_found() -> None:
    assert not matches(key_of("Rheintal Hydraulik"), "rhein bern")


def test_folding_is_stable() -> None:
    assert fold(fold("ÄÖÜ ß Ł 镇江")) == fold("ÄÖÜ ß Ł 镇江")


@pytest.mark.parametrize("written", ["Zürich", "苏黎世", "Zurigo", "ZÜRICH"])
@pytest.mark.parametrize("query", ["苏黎世", "zurich", "sulishi", "sls"])
def test_a_city_is_found_by_both_its_names(written: str, query: str) -> None:
    assert matches(record_key("company", {"name": "Rheintal AG", "city": written}), query)


def test_a_city_of_no_list_is_found_as_written() -> None:
    assert matches(record_key("event", {"name": "展会", "city": "Hintertupfing"}), "tupfing")
