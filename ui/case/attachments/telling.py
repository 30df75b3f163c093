"""What is told of a scan before it is put into the vault, and of a PDF whenever it is looked at."""

from collections.abc import Iterator, Sequence

from kimdesk.casework.attachments import Twin
from kimdesk.casework.scans.scan import ABOUT, LOCKED, UNSEEN, XFA, Content, Scan
from kimdesk.domain.records import Record
from kimdesk.texts import dates, say
from kimdesk.texts import scans as words
from kimdesk.texts.bidi import apart
from ui.forms.record_dialog import RecordDialog
from ui.kit.state import Notice

_NAMED = 3  # scans that are named


def tell(
    dialog: RecordDialog[Record], scan: Scan, twins: Sequence[Twin], alike: Sequence[Twin], case_id: str
) -> None:
    """Put what there is to know about a new scan above the form that describes it."""
    for place, notice in enumerate(_notices(scan, twins, alike, case_id)):
        dialog.body.insertWidget(place, notice)
    dialog.fit()


def tell_contents(notice: Notice, found: Sequence[Content]) -> bool:
    """Let ``notice`` say what a PDF holds besides its pages; return whether it holds anything."""
    held = words.contained(found)
    if held and words.is_dangerous(found):
        told = [say("scans.not_carried_out", what=held)]
        told += [say("scans.not_all_shown")] if _has(found, XFA) else []
        notice.set("warn", say("scans.contains_dangerous"), " ".join(told))
    elif held:
        notice.set("info", say("scans.contains_links_only"), f"{held}.")
    elif _has(found, UNSEEN):
        notice.set("info", "", say("scans.contains_unseen"))
    return bool(held) or _has(found, UNSEEN)


def _notices(scan: Scan, twins: Sequence[Twin], alike: Sequence[Twin], case_id: str) -> Iterator[Notice]:
    here = [twin for twin in twins if twin.case_id == case_id]
    others = len({twin.case_id for twin in twins} - {case_id})
    if here:
        first = here[0]
        told = say("scans.already_here_as", title=first.title, day=dates.full(first.added_on))
        yield _named(Notice("warn", say("scans.already_here"), told), "scan_twin")
    elif others:
        yield _named(Notice("warn", "", say("scans.already_elsewhere", n=others)), "scan_twin")
    elif alike:
        titles = apart(", ").join(f"„{one.title}“" for one in alike[:_NAMED])
        told = say("scans.looks_like_why")
        yield _named(Notice("info", say("scans.looks_like", titles=titles), told), "scan_alike")
    holds = Notice()
    if tell_contents(holds, scan.contains):
        yield _named(holds, "scan_holds")
    if scan.place_left:
        yield _named(Notice("warn", say("scans.place_left"), say("scans.place_left_why")), "scan_place_left")
    if _has(scan.contains, ABOUT):
        yield _named(Notice("info", "", say("scans.contains_about")), "scan_about")
    if _has(scan.contains, LOCKED):
        yield _named(Notice("info", "", say("scans.contains_locked")), "scan_locked")
    elif not scan.drawable:
        unseen = Notice("warn", say("scans.undrawable_title"), say("scans.undrawable"))
        yield _named(unseen, "scan_undrawable")
    if gone := words.removed(scan):
        yield _named(Notice("ok", "", gone), "scan_removed")


def _named(notice: Notice, name: str) -> Notice:
    notice.setObjectName(name)
    return notice


def _has(contents: Sequence[Content], code: str) -> bool:
    return any(each.code == code for each in contents)
