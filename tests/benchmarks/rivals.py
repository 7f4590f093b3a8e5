"""The same papers by other means: HTML of a story's content, set by WeasyPrint and LibreOffice."""

import html
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.platypus import PageBreak, Table

from desktop_app.paths import resource
from desktop_app.reports.cjk import CjkParagraph

# The same page, type and rules. The route map and the note lines are spared the others.
_STYLE = """
@page { size: A4; margin: 17mm; @bottom-right { content: counter(page) " / " counter(pages) } }
body { font: 9.2pt/15pt "Invest Desk Sans"; margin: 0 }
p, h1, h2 { margin: 0 }
h1 { font-size: 15pt; line-height: 22pt } h2 { font-size: 10pt; margin: 9pt 0 3pt }
table { width: 100%; border-collapse: collapse; font-size: 8.6pt; line-height: 12.6pt }
th, td { text-align: left; vertical-align: top; padding: 4pt; border-bottom: 0.5pt solid #d5dae1 }
thead { display: table-header-group }
.callout { background: #eff4fd; border-left: 2.5pt solid #1f5fbf; padding: 7pt 10pt }
.page { page-break-before: always }
"""


def html_of(story: Iterable[Any]) -> str:
    """Return a story's headings, paragraphs and tables as a page of HTML."""
    body = "".join(_made(part) for part in story)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>Trip</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _made(part: Any) -> str:
    """Return one flowable as HTML."""
    if isinstance(part, CjkParagraph):
        words = "".join(_words(frag) for frag in part.frags)
        name = part.style.name
        tag = {"title": "h1", "head": "h2"}.get(name, "p")
        kind = ' class="callout"' if name.startswith("callout") else ""
        bullet = f"{part.bulletText} " if part.bulletText else ""
        return f"<{tag}{kind}>{bullet}{words}</{tag}>"
    if isinstance(part, Table):
        return _table(part)
    return '<div class="page"></div>' if isinstance(part, PageBreak) else ""


def _words(frag: Any) -> str:
    """Return a run of text, with its weight."""
    if hasattr(frag, "lineBreak"):
        return "<br>"
    text = html.escape(getattr(frag, "text", ""))
    return f"<b>{text}</b>" if str(frag.fontName).endswith("Bold") else text


def _table(table: Any) -> str:
    """Return a table with its head."""
    rows = []
    for row in table._cellvalues:
        cells = [cell if isinstance(cell, list | tuple) else [cell] for cell in row]
        rows.append("".join(f"<td>{''.join(map(_made, cell))}</td>" for cell in cells))
    head = "".join(f"<tr>{row}</tr>" for row in rows[: table.repeatRows])
    rest = "".join(f"<tr>{row}</tr>" for row in rows[table.repeatRows :])
    return f"<table><thead>{head}</thead><tbody>{rest}</tbody></table>"


def use_our_fonts(folder: Path) -> None:
    """Let what asks fontconfig find the fonts of the papers; before it is first asked."""
    file = folder / "fonts.conf"
    file.write_text(
        f"<fontconfig><dir>{resource('fonts')}</dir><cachedir>{folder}/cache</cachedir>"
        "</fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(file)


def weasyprint(page: Path, pdf: Path) -> Callable[[], object] | str:
    """Return what prints a page of HTML by WeasyPrint, or why it cannot be done here."""
    if find_spec("weasyprint") is None:
        return "WeasyPrint is not installed here"
    try:
        from weasyprint import HTML
    except OSError:
        return "WeasyPrint does not find Pango here"
    return lambda: HTML(str(page)).write_pdf(str(pdf))


def libreoffice(page: Path, folder: Path) -> Callable[[], object] | str:
    """Return what prints a page of HTML by LibreOffice, or why it cannot be done here."""
    program = shutil.which("soffice")
    if program is None:
        return "LibreOffice is not installed here"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [program, profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export"]
    command += ["--outdir", str(folder), str(page)]
    return lambda: subprocess.run(command, check=True, capture_output=True)
