"""The packages of the chain in words."""

from datetime import date
from typing import TYPE_CHECKING

from kimdesk.domain.errors import BundleError
from kimdesk.texts import dates
from kimdesk.texts.refusals import explain
from ui.pages.handover.chain import Link
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.sync import Package, Status

SHOWN = 4


def links(status: "Status", next_seq: int, today: date) -> list[Link]:
    """Return the last packages and the one that comes now."""
    since = status.last_receipt_seq
    text = tr("contains everything since package {n}", n=since) if since else tr("contains everything")
    return [*(link(package, today) for package in status.chain[-SHOWN:]), _now(next_seq, text)]


def link(package: "Package", today: date) -> Link:
    """Return a package as it is shown."""
    day, number = dates.short(package.written_on, today), package.seq
    match package.state:
        case "acknowledged":
            answered = dates.short(package.answered_on, today)
            text = tr("written {day}, receipt of {other}", day=day, other=answered)
            return Link("acknowledged", tr("Package {n} · acknowledged", n=number), text)
        case "missing":
            return Link(
                "missing", tr("Package {n} is missing at the Kreis", n=number), tr("written {day}", day=day)
            )
        case "held":
            text = tr("there, but earlier changes are missing; they go with the next one")
            return Link("waiting", tr("Package {n} waits at the Kreis", n=number), text)
        case "refused":
            text = (
                explain(BundleError(package.code)).message if package.code else tr("written {day}", day=day)
            )
            return Link("refused", tr("Package {n} was not taken over", n=number), text)
        case _:
            late = tr("written {day}, for more than 14 days without receipt", day=day)
            text = late if package.late else tr("written {day}", day=day)
            return Link("waiting", tr("Package {n} · waits for its receipt", n=number), text)


def _now(next_seq: int, text: str) -> Link:
    return Link("next", tr("Package {n} · now", n=next_seq), text)
