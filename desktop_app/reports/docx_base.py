"""A Word document as offices edit it: A4, real styles, fonts for both scripts, page numbers."""

import datetime as dt
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

# What every Windows and WPS has; the table of fonts names what others put in their place.
LATIN, BODY, HEADING = "Arial", "宋体", "黑体"
_ALTERNATIVES = {BODY: "SimSun", HEADING: "SimHei"}
MUTED = RGBColor(0x67, 0x70, 0x7E)
_ACCENT = RGBColor(0x1F, 0x5F, 0xBF)
_TEXT = RGBColor(0x1B, 0x24, 0x30)
_RULE = "D5DAE1"
# A zip knows no earlier day; the data's moment stands in the document's properties.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# XML 1.0 allows none of these.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def new_document(title: str, author: str, subject: str, lang: str, now: dt.datetime) -> Any:
    """Return an empty A4 document with its styles and properties."""
    document: Any = Document()
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        # The template's own picture would stand for the report in a folder.
        del relations[key]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    _set_styles(document, lang)
    _name_fonts(document)
    moment = now.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title, properties.author, properties.subject = title, author, subject
    properties.last_modified_by, properties.comments, properties.keywords = author, "", ""
    properties.created = properties.modified = properties.last_printed = moment
    properties.revision = 1
    properties.language = "en-GB" if lang == "en" else "zh-CN"
    return document


def _set_styles(document: Any, lang: str) -> None:
    """Set fonts, sizes and colours of the styles that the report uses."""
    for name, size, east, colour, before, after in (
        ("Normal", 10.5, BODY, _TEXT, 0, 4),
        ("Title", 24, HEADING, _TEXT, 0, 6),
        ("Subtitle", 12, BODY, MUTED, 0, 12),
        ("Heading 1", 16, HEADING, _ACCENT, 18, 6),
        ("Heading 2", 12, HEADING, _TEXT, 10, 4),
        ("Caption", 9, BODY, _TEXT, 2, 8),
        ("List Number", 10.5, BODY, _TEXT, 0, 3),
        ("Intense Quote", 10.5, BODY, _TEXT, 4, 4),
        ("Footer", 8.5, BODY, MUTED, 0, 0),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), colour
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
            fonts.set(qn(f"w:{script}"), font)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    _set_callout(document.styles["Intense Quote"])
    marks = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
    marks.set(qn("w:val"), "en-GB")
    marks.set(qn("w:eastAsia"), "zh-CN")
    if lang == "en":
        document.styles["Normal"].element.get_or_add_rPr().append(
            parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN"/>')
        )
    _set_table_style(document)


def _set_callout(style: Any) -> None:
    """Make a style stand on a tinted ground with a bar at its left."""
    style.font.bold = False
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(2)
    properties = style.element.get_or_add_pPr()
    old = properties.find(qn("w:pBdr"))
    space = nsdecls("w")
    bar = parse_xml(
        f'<w:pBdr {space}><w:left w:val="single" w:sz="20" w:space="6" w:color="B86E00"/></w:pBdr>'
    )
    properties.replace(old, bar)
    bar.addnext(parse_xml(f'<w:shd {space} w:val="clear" w:color="auto" w:fill="FDF3E1"/>'))


def _set_table_style(document: Any) -> None:
    """Make the table style one of hairlines below each row."""
    properties = document.styles["Table Grid"].element.find(qn("w:tblPr"))
    old = properties.find(qn("w:tblBorders"))
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    properties.replace(old, parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    room = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    known = properties.find(qn("w:tblCellMar"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{room}</w:tblCellMar>")
    if known is None:
        properties.append(margins)
    else:
        properties.replace(known, margins)


def _name_fonts(document: Any) -> None:
    """Say what may stand in for the Chinese fonts where a machine lacks them."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    for related in document.part.rels.values():
        if related.reltype.endswith("/fontTable"):
            related.target_part._blob = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
                f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>"
            ).encode()


def put_text(paragraph: Any, zh: str, en: str = "", muted: bool = False, **marks: bool) -> None:
    """Add a text to a paragraph, its English after it in grey where it is in both languages."""
    for text, grey in ((zh, muted), (en if en != zh else "", True)):
        if not text:
            continue
        run = paragraph.add_run((" " if grey and not muted else "") + printable(text))
        if grey:
            run.font.color.rgb = MUTED
            run.font.bold = False
        elif marks.get("bold"):
            run.font.bold = True


def printable(text: str) -> str:
    """Return a text that XML can hold."""
    kept = text.translate(_CONTROLS)
    return kept.encode("utf-8", "ignore").decode("utf-8")


def put_page_numbers(document: Any, left: str, words: str) -> None:
    """Fill the foot: a text, and ``page x of y`` as fields that Word keeps up to date.

    Args:
        document: the document.
        left: what stands before the numbers.
        words: the words with ``{page}`` and ``{pages}`` in them.
    """
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(printable(left) + "　")
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    paragraph.add_run(before)
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _field(paragraph: Any, code: str) -> None:
    """Add a field with a value until Word counts."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "begin":
            run._r.append(mark)
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {code} "
            paragraph.add_run()._r.append(words)
        elif kind == "separate":
            run._r.append(mark)
            paragraph.add_run("1")
        else:
            run._r.append(mark)


def shade(cell: Any, colour: str) -> None:
    """Tint a cell of a table."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def repeat_head(row: Any) -> None:
    """Repeat a row of a table at the head of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def document_bytes(document: Any) -> bytes:
    """Return a document's file; the same document gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Which system made it would else stand in each entry.
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()
