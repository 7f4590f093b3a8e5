"""Files that cannot be imported are refused in one sentence, in both languages."""

import zipfile
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.exchange.ledger_import import open_ledger
from desktop_app.i18n import t
from tests.exchange.conftest import TODAY
from tests.exchange.ledgers import german_ledger, write_sheets


def refusal(path: Path) -> str:
    with pytest.raises(DeskError) as refused:
        open_ledger(path, TODAY)
    for lang in ("zh", "en"):
        sentence = t("errors." + refused.value.key, lang, **refused.value.values)
        assert path.name in sentence
    return refused.value.key


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.xlsx") == "import_missing"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "import_folder"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0" * 4000])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert refusal(path) == "import_empty"


def test_a_workbook_without_a_cell(tmp_path: Path) -> None:
    assert refusal(write_sheets(tmp_path / "blank.xlsx", {"表": []})) == "import_empty"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.95])
def test_a_workbook_cut_short(tmp_path: Path, keep: float) -> None:
    path = german_ledger(tmp_path / "cut.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert refusal(path) in ("import_broken", "import_not_a_ledger")


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refusal(path) == "import_password"


def test_a_text_document_called_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(path) == "import_not_a_ledger"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n1 0 obj", bytes(range(256)) * 8])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.csv"
    path.write_bytes(content)
    assert refusal(path) == "import_not_a_ledger"


@pytest.mark.parametrize(
    "text", ["1,2,3\n4,5,6\n", "Lieber Herr Li,\nvielen Dank!\n", "国别,项目数\n德国,3\n"]
)
def test_a_table_without_headings_of_a_ledger(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == "import_no_headings"
