"""Printing a PDF on the system's printers, page by page."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

# Fine enough for 9-point Chinese text, and a page still takes only some 35 MB in memory.
_DOTS_PER_INCH = 300


def print_document(document: QPdfDocument, title: str, parent: QWidget) -> bool:
    """Ask for a printer and pages, and print; return whether it was printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFromTo(1, document.pageCount())
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, document.pageCount())
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    paint_pages(document, printer)
    return True


def paint_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Paint the printer's chosen pages, each fitted to its paper."""
    first = printer.fromPage() or 1
    last = printer.toPage() or document.pageCount()
    printer.setFullPage(True)
    painter = QPainter(printer)
    for number in range(first - 1, last):
        if number > first - 1:
            printer.newPage()
        points = document.pagePointSize(number)
        scale = _DOTS_PER_INCH / 72
        image = document.render(
            number, QSize(round(points.width() * scale), round(points.height() * scale))
        )
        paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        fit = min(paper.width() / image.width(), paper.height() / image.height())
        width, height = image.width() * fit, image.height() * fit
        left, top = (paper.width() - width) / 2, (paper.height() - height) / 2
        painter.drawImage(QRectF(left, top, width, height), image)
    painter.end()
