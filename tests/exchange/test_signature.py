"""Persons read from signatures and cards, in the languages that people on trips are handed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.signature import read_person

_SWISS = """Dear Ms Wang,

thank you for the visit. We look forward to seeing you in March.

Kind regards,

Dr. Anna Keller
Head of Business Development
Uetliberg Robotik AG
Hardturmstrasse 123
CH-8005 Zürich
Tel. +41 44 123 45 67
Mobile +41 79 123 45 67
anna.keller@uetliberg.example
www.uetliberg.example
"""
_GERMAN = """Mit freundlichen Grüßen
Jürgen von Weißenfels
Geschäftsführer
Rißstetter Medizintechnik GmbH & Co. KG
Neckarstraße 7
70173 Stuttgart
T: +49 711 1234567 | F: +49 711 1234599
j.weissenfels@rissstetter.example
"""
_ITALIAN = """Giulia Ferrari
Responsabile Acquisti
Sanlandri Idraulica S.r.l.
Via Emilia 22
41121 Modena
+39 059 123456
giulia.ferrari@sanlandri.example
"""
_CHINESE = """王敏 Wang Min
招商总监
滨江新区发展有限公司
江苏省苏州市工业园区星湖街218号
电话：0512-6288 8888
手机：138 5550 1037
微信：wangmin_bj
wangmin@binjiang.example
"""


def test_a_swiss_signature_under_a_letter() -> None:
    found = read_person(_SWISS)
    assert (found.name, found.title, found.company) == (
        "Dr. Anna Keller", "Head of Business Development", "Uetliberg Robotik AG",
    )  # fmt: skip
    assert found.email == "anna.keller@uetliberg.example"
    assert found.website == "www.uetliberg.example"
    assert found.phone.replace(" ", "") == "+41441234567"
    assert found.mobile.replace(" ", "") == "+41791234567"
    assert found.address == "Hardturmstrasse 123, CH-8005 Zürich"
    assert "thank you for the visit. We look forward to seeing you in March." in found.rest


def test_a_german_one_with_a_fax_that_is_not_taken() -> None:
    found = read_person(_GERMAN)
    assert (found.name, found.title) == ("Jürgen von Weißenfels", "Geschäftsführer")
    assert found.company == "Rißstetter Medizintechnik GmbH & Co. KG"
    assert found.phone.replace(" ", "") == "+497111234567"
    assert found.mobile == ""
    assert found.address == "Neckarstraße 7, 70173 Stuttgart"


def test_an_italian_card() -> None:
    found = read_person(_ITALIAN)
    assert (found.name, found.title, found.company) == (
        "Giulia Ferrari", "Responsabile Acquisti", "Sanlandri Idraulica S.r.l.",
    )  # fmt: skip
    assert found.address == "Via Emilia 22, 41121 Modena"
    assert found.phone.replace(" ", "") == "+39059123456"


def test_a_chinese_card_with_both_names() -> None:
    found = read_person(_CHINESE)
    assert (found.name_zh, found.name, found.title) == ("王敏", "Wang Min", "招商总监")
    assert found.company == "滨江新区发展有限公司"
    assert found.wechat == "wangmin_bj"
    assert found.mobile.replace(" ", "").endswith("13855501037")
    assert found.phone.replace(" ", "").replace("-", "").endswith("51262888888")


def test_name_and_title_on_one_line() -> None:
    found = read_person("Anna Keller, Head of Sales\nUetliberg AG\nanna@uetliberg.example")
    assert (found.name, found.title) == ("Anna Keller", "Head of Sales")
    found = read_person("陈喆 副总经理\n恒川液压有限公司\n13855501000")
    assert (found.name_zh, found.title) == ("陈喆", "副总经理")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "下周三 给 Brunner 寄地块方案",
        "We met and talked about land.",
        "订单号 20261123",
        "12345",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    assert not read_person(text).is_somebody()


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    read_person(text)
