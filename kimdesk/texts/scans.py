"""A scan in words: what was left out of it, what it holds, and what cannot be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kimdesk.casework.scans.scan import ABOUT, LINKS, LOCKED, PDF, UNSEEN, Content, Scan
from kimdesk.texts.speech import say

_WITHOUT_NUMBER = frozenset({ABOUT, LOCKED, UNSEEN})


@dataclass(frozen=True, slots=True)
class ScanWarning:
    """Something to know about a scan: a stable code, how often, and the words for it."""

    code: str
    n: int
    words: str


def removed(scan: Scan) -> str:
    """Say what was left out of a scan, "" for nothing."""
    what = [say(f"scans.removed_{each}") for each in scan.removed]
    return say("scans.removed", what=", ".join(what)) if what else ""


def contained(contents: Iterable[Content]) -> str:
    """Say what a PDF holds besides its pages („2 Skripte, 1 eingebettete Datei“), "" for nothing."""
    return ", ".join(_named(each) for each in contents if each.code not in _WITHOUT_NUMBER)


def warnings(scan: Scan) -> list[ScanWarning]:
    """Return what there is to know about a scan before it is used."""
    found = [ScanWarning(each.code, each.n, _named(each)) for each in scan.contains]
    if not scan.drawable and all(each.code != LOCKED for each in scan.contains):
        found.append(ScanWarning("undrawable", 1, say("scans.undrawable")))
    if scan.pages > 1 and scan.media_type != PDF:
        found.append(ScanWarning("pages", scan.pages, say("scans.pages", n=scan.pages)))
    return found


def is_dangerous(contents: Sequence[Content]) -> bool:
    """Return whether a PDF holds more than links, so that another program may do what nobody asked for."""
    return any(each.code not in (LINKS, ABOUT) for each in contents)


def _named(content: Content) -> str:
    return say(f"scans.contains_{content.code}", n=content.n)
