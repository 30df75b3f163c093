"""The packages of the chain in words."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kimdesk.domain.errors import BundleError
from kimdesk.texts import dates, say
from kimdesk.texts.refusals import explain
from ui.pages.handover.chain import PackageLink

if TYPE_CHECKING:
    from kimdesk.sync import Package, Status

SHOWN = 4


def links(status: "Status", next_seq: int, today: date) -> list[PackageLink]:
    """Return the last packages and the one that comes now."""
    since = status.last_receipt_seq
    text = (
        say("handover.contains_everything_since_package_n", n=since)
        if since
        else say("handover.contains_everything")
    )
    found = [link(package, today) for package in status.chain[-SHOWN:]]
    if status.stopped:
        shown = zip(found, status.chain[-SHOWN:], strict=True)
        found = [replace(each, text=_told_apart(package, today)) for each, package in shown]
    return [*found, _now(next_seq, text)]


def link(package: "Package", today: date) -> PackageLink:
    """Return a package as it is shown."""
    day, number = dates.short(package.written_on, today), package.seq
    match package.state:
        case "acknowledged":
            answered = dates.short(package.answered_on, today)
            text = say("handover.written_day_receipt_other", day=day, other=answered)
            return PackageLink("acknowledged", say("handover.package_n_acknowledged", n=number), text)
        case "missing":
            return PackageLink(
                "missing",
                say("handover.package_n_missing_at_kreis", n=number),
                say("handover.written_day", day=day),
            )
        case "held":
            text = say("handover.there_but_earlier_changes_missing")
            return PackageLink("waiting", say("handover.package_n_waits_at_kreis", n=number), text)
        case "refused":
            text = (
                explain(BundleError(package.code)).message
                if package.code
                else say("handover.written_day", day=day)
            )
            return PackageLink("refused", say("handover.package_n_was_not_taken", n=number), text)
        case _:
            late = say("handover.written_day_more_than_14", day=day)
            text = late if package.late else say("handover.written_day", day=day)
            return PackageLink("waiting", say("handover.package_n_waits_its_receipt", n=number), text)


def named(seq: int, written_on: date | None, today: date) -> str:
    """Return number and day of a package; one of an earlier count has no day any more."""
    if written_on is None:
        return say("handover.package_n_earlier_count", n=seq)
    return say("handover.package_n_of_day", n=seq, day=dates.short(written_on, today))


def _told_apart(package: "Package", today: date) -> str:
    """Return by what two people on the phone tell a package from another of the same number."""
    day = say("handover.written_day", day=dates.short(package.written_on, today))
    return f"{day}, {say('handover.digits', digits=package.digits)}"


def _now(next_seq: int, text: str) -> PackageLink:
    return PackageLink("next", say("handover.package_n_now", n=next_seq), text)
