"""Headings are understood in several languages, and by what stands below them."""

import datetime as dt
from typing import Any

import pytest

from desktop_app.exchange.headings import field_of
from desktop_app.exchange.ledger_read import RawTable
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.mapping_guess import guess_mapping

TODAY = dt.date(2026, 11, 22)


def mapping_of(rows: list[list[Any]]) -> Mapping:
    found = guess_mapping(RawTable("表", rows), TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("外方国别", "country"), ("计划回访日期", "next_on"),
        ("投资总额\n（万元人民币）", "amount"),
        ("包保责任人", "owner"), ("联系人电话", "phone"),
        ("Contact Email", "email"),
        ("Country of origin", "country"), ("CapEx ($m)", "amount"), ("Vol. (T€)", "amount"),
        ("Wiedervorlage am", "next_on"), ("Erstkontakt", "first_reported_on"),
        ("Zuständig", "owner"), ("Paese", "country"), ("Lfd. Nr.", "number"),
    ],
)  # fmt: skip
def test_headings(heading: str, field: str) -> None:
    found = field_of(heading)
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize("heading", ["企业数", "项目个数", "Anzahl Projekte", "展位", "NACE", ""])
def test_what_is_no_heading_of_ours(heading: str) -> None:
    assert field_of(heading) is None


def test_cells_decide_what_a_doubtful_heading_means() -> None:
    rows = [
        ["Firma", "Herkunft", "Sachstand", "Erfasst"],
        ["Ast AG", "Schweiz", "in Verhandlung", "1.2.2026"],
        ["Bock GmbH", "Deutschland", "abgesagt", "13.2.2026"],
        ["Clerici S.p.A.", "Italien", "Erstgespräch geführt", "3.4.2026"],
    ]
    assert mapping_of(rows).columns == {
        0: "company",
        1: "country",
        2: "stage",
        3: "first_reported_on",
    }


def test_a_story_of_progress_is_no_stage() -> None:
    rows = [
        ["企业名称", "国别", "进展"],
        ["甲公司", "德国", "十月到访，董事长表示年内再来，要求提供厂房图纸与电价"],
        ["乙公司", "瑞士", "已寄资料，等回信"],
    ]
    assert "stage" not in mapping_of(rows).columns.values()


def test_the_order_of_days_is_told_by_the_days_that_tell() -> None:
    rows = [
        ["Company", "Country", "First contact", "Stage"],
        ["A Ltd", "UK", "03/05/2026", "Signed"],
        ["B Ltd", "UK", "12/31/2025", "Signed"],
    ]
    assert mapping_of(rows).order == "mdy"


def test_a_mapping_can_be_corrected() -> None:
    mapping = mapping_of([["企业名称", "国别", "代号"], ["甲公司", "德国", "Alpha"]])
    mapping.columns[2] = "title"
    assert mapping.column_of("title") == 2
