"""A report leaves the desk of the Kreis: as a file, and kept as given out; both, or neither."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import media
from kimdesk.domain.errors import CaseworkError
from kimdesk.kreis.steering.releases import keep
from kimdesk.kreis.steering.report_values import SteeringReport

_MADE_BY: Final = {
    ".pdf": "kimdesk.documents.figures.paper:as_pdf",
    ".xlsx": "kimdesk.documents.figures.workbook:as_xlsx",
    ".csv": "kimdesk.documents.figures.plain:as_csv",
    ".json": "kimdesk.documents.figures.plain:as_json",
}
SUFFIXES: Final = tuple(_MADE_BY)
"""What can be written, by the ends of file names."""


def demand_known(path: Path) -> None:
    """Raise CaseworkError E817 when the name of a file does not say what it should become, E820 when it is
    the name of a folder."""
    if path.suffix.lower() not in _MADE_BY:
        raise CaseworkError("E817")
    if path.is_dir():
        raise CaseworkError("E820")


def made(desk: Desk, report: SteeringReport, suffix: str) -> bytes:
    """Return the file; ``suffix`` is one of ``SUFFIXES``."""
    module, _, name = _MADE_BY[suffix].partition(":")
    make: Callable[..., bytes] = getattr(import_module(module), name)
    marked = {"practice": desk.practice} if suffix == ".pdf" else {}
    catalogue: Catalogue = desk.catalogue
    return make(report, catalogue, **marked)


def save(desk: Desk, report: SteeringReport, path: Path) -> None:
    """Write ``report`` and keep it as given out.

    Raises CaseworkError as ``demand_known``, StoreError E920 to E923 when it cannot be written,
    DisclosureError E987 as ``keep`` does; then there is no file and nothing was given out.
    """
    demand_known(path)
    data = made(desk, report, path.suffix.lower())
    with media.laid(path, data):
        keep(desk, report)
