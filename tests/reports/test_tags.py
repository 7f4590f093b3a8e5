"""What a screen reader finds in a paper: all that is printed, in order, with its role."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from desktop_app.reports.trip_facts import briefing_facts
from desktop_app.services.trips import TripDetail
from tests.reports.paper_tools import flat, write
from tests.reports.sample_trip import VISITS


def words(get: Any, *of: Any) -> str:
    """Return what a function of the PDF library writes into a buffer."""
    buffer = ctypes.create_string_buffer(4000)
    get(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 4000)
    return buffer.raw.decode("utf-16-le").split("\0", 1)[0]


def elements(page: Any) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the role, the words for who cannot see, and the pieces of each element of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)

    def below(node: Any) -> Iterator[tuple[str, str, list[int]]]:
        count = pdfium.FPDF_StructElement_CountChildren(node)
        ids = [pdfium.FPDF_StructElement_GetChildMarkedContentID(node, at) for at in range(count)]
        role = words(pdfium.FPDF_StructElement_GetType, node)
        alt = words(pdfium.FPDF_StructElement_GetAltText, node)
        yield role, alt, [number for number in ids if number >= 0]
        for at in range(count):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(node, at)
            if child:
                yield from below(child)

    for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
    pdfium.FPDF_StructTree_Close(tree)


def pieces(page: Any) -> dict[int, str]:
    """Return the text of a page by the number of the piece it belongs to; -1 for none."""
    text = page.get_textpage()
    found: dict[int, str] = defaultdict(str)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        said = words(pdfium.FPDFTextObj_GetText, item, text)
        found[pdfium.FPDFPageObj_GetMarkedContentID(item)] += said
    return found


def test_all_that_is_printed_is_read_in_order_with_its_role(
    detail: TripDetail, tmp_path: Path
) -> None:
    for lang in ("zh", "en", "both"):
        path = tmp_path / f"{lang}.pdf"
        write("trip-briefing", briefing_facts(detail), path, lang)
        document = pypdfium2.PdfDocument(path)
        assert b"/MarkInfo" in path.read_bytes()
        roles: dict[str, list[str]] = defaultdict(list)
        for page in document:
            said = pieces(page)
            order = [(role, alt, number) for role, alt, ids in elements(page) for number in ids]
            assert [number for _, _, number in order] == list(range(len(order)))
            assert set(said) - {-1} <= {number for _, _, number in order}
            for role, alt, number in order:
                roles[role].append(flat(alt or said[number]))
            # What no element holds are the edges of the page.
            assert len(flat(said[-1])) < 120, said[-1]
        titles = {"zh": "每日安排", "en": "Daybyday", "both": "每日安排Daybyday"}
        assert titles[lang] in roles["H1"]
        found = "".join(roles["H2"])
        assert all(flat(visit[2]) in found for visit in VISITS)
        assert len(roles["TH"]) > 20
        assert len(roles["TD"]) > 60
        assert "1.感谢进博会期间到访，介绍同类企业Kühnfeld二期进展。" in roles["LI"]
        assert "Zürich" in roles["Figure"][0]
        document.close()
