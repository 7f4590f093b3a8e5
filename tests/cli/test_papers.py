"""``pdf …`` and ``docx …`` as a script runs them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from desktop_app.cli.main import main
from desktop_app.cli.parser import PAPERS
from tests.demo_folder import demo_folder

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("papers") / "w", leads=30)


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*words: str) -> tuple[int, Any, str]:
        code = main(["--workspace", str(folder), *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err

    return once


def record_of(run: Run, paper: str) -> list[str]:
    """Return the id that a paper needs, as an argument."""
    if paper in ("weekly", "monthly", "yearly"):
        return []
    kinds = {"lead-brief": "leads", "dispatch-minutes": "dispatch-meetings"}
    kind = kinds.get(paper, "trips")
    return [max(run("list", kind)[1], key=lambda row: row.get("starts_on") or "")["id"]]


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_printed_in_each_language_the_same_twice(
    run: Run, tmp_path: Path, paper: str
) -> None:
    record = record_of(run, paper)
    written: list[bytes] = []
    for lang in ("zh", "en", "both", "zh"):
        out = tmp_path / f"{len(written)}.pdf"
        options = ("--lang", lang, "--date", "2026-11-23", "--classification", "XYZ 7")
        code, told, _ = run("pdf", paper, *record, str(out), *options)
        assert (code, told["file"]) == (0, str(out))
        assert isinstance(told["gaps"], list)
        written.append(out.read_bytes())
    assert written[0] == written[3]
    assert len(set(written)) == 3
    document = pypdfium2.PdfDocument(tmp_path / "0.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "XYZ 7" in text


def test_the_report_is_written_for_a_word_processor_too(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert run("docx", "trip-report", *record_of(run, "trip-report"), str(out))[0] == 0
    assert len(Document(str(out)).tables) > 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("pdf trip-briefing {out}", 2),
        ("pdf weekly abc {out}", 2),
        ("pdf quarterly {out}", 2),
        ("pdf weekly {out} --year 2026", 2),
        ("pdf yearly {out} --year 2099", 2),
        ("pdf yearly {out} --year 2025 --date 2026-11-23", 2),
        ("pdf weekly {out} --date 2026-13-01", 2),
        ("pdf weekly {out} --date 9999-12-31", 2),
        ("pdf weekly {out} --lang fr", 2),
        ("pdf lead-brief abc {out}", 1),
        ("docx trip-report abc {out}", 1),
        ("docx trip-report {out}", 2),
        ("pdf weekly {out}/none/a.pdf", 1),
    ],
)
def test_what_cannot_be_printed_is_said_in_one_sentence(
    run: Run, tmp_path: Path, words: str, code: int
) -> None:
    out = tmp_path / "a.pdf"
    got, told, message = run(*words.format(out=out).split())
    assert (got, told) == (code, None)
    assert message.strip()
    assert "Traceback" not in message
    assert "invest-desk.log" not in message
    assert not out.exists()
