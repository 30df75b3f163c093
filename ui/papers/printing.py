"""A paper on a printer: its pages as pictures at the printer's resolution, straight from memory."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from kimdesk.casework.scans.scan import PDF
from kimdesk.domain.errors import CaseworkError
from ui.papers.render import RenderedPage, render

NO_PRINTER: Final = "E886"
FAILED: Final = "E887"
_SMALL = 64  # pixels: enough to learn how many pages there are
_MOST_DPI = 400


def ask(parent: QWidget, pages: int) -> QPrintDialog:
    """Return the print dialog of the system, not shown yet. Raises CaseworkError E886 without any printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise CaseworkError(NO_PRINTER)
    dialog = QPrintDialog(prepared(QPrinter(QPrinter.PrinterMode.HighResolution)), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintToFile, on=False)  # saving is another thing, and noted as such
    dialog.setOption(options.PrintPageRange, on=pages > 1)
    dialog.setMinMax(1, max(1, pages))
    return dialog


def prepared(printer: QPrinter) -> QPrinter:
    """Return ``printer``, set to whole sheets of A4; the queue shows others no name."""
    printer.setDocName("KIMdesk")
    printer.setCreator("KIMdesk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def print_pages(data: bytes, printer: QPrinter) -> int:
    """Print a PDF and return how many pages went out; done in the background.

    Raises CaseworkError E887 when the printer does not take them; E875 and ForeignFileError as ``render``.
    """
    wanted = list(_wanted(printer, render(data, PDF, 0, _SMALL).pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise CaseworkError(FAILED)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        for number, page in enumerate(wanted):
            _turn(printer, number)
            _paint(painter, printer, render(data, PDF, page, _across(printer)))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise CaseworkError(FAILED)
    return len(wanted)


def _turn(printer: QPrinter, number: int) -> None:
    if number and not printer.newPage():
        raise CaseworkError(FAILED)


def _wanted(printer: QPrinter, pages: int) -> Iterator[int]:
    """Yield the pages (from 0) as the dialog asks for them, as often as the printer cannot do by itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    found = range(min(first, pages) - 1, min(last, pages))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        found = found[::-1]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        yield from (page for _ in range(copies) for page in found)
    else:
        yield from (page for page in found for _ in range(copies))


def _sheet(printer: QPrinter) -> QRect:
    return printer.pageLayout().fullRectPixels(printer.resolution())


def _across(printer: QPrinter) -> int:
    """Return how many pixels wide a page is drawn; more than what an eye can see would only cost time."""
    return round(_sheet(printer).width() * min(1.0, _MOST_DPI / printer.resolution()))


def _paint(painter: QPainter, printer: QPrinter, page: RenderedPage) -> None:
    if page.image is None:
        raise CaseworkError(FAILED)
    image, sheet = page.image, _sheet(printer)
    if (image.width() > image.height()) is not (sheet.width() > sheet.height()):
        image = image.transformed(QTransform().rotate(90))
    size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(sheet.topLeft(), size), image)
