"""What the page shows of two versions, in plain values: no widgets."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from kimdesk.casework.cases import CaseRow
from kimdesk.casework.conflicts import TwoVersions
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import kind_of
from kimdesk.texts import dates, say
from kimdesk.texts.field_words import ChangeWords, called


@dataclass(frozen=True, slots=True)
class Versions:
    """The cases with something to decide, the one that is shown, and its versions: those open first."""

    cases: tuple[CaseRow, ...]
    case: CaseRow | None
    found: tuple[TwoVersions, ...] = ()

    @property
    def open(self) -> tuple[TwoVersions, ...]:
        """Return what is still to be decided."""
        return tuple(one for one in self.found if not one.decision)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its name, the value before, here and there. ``subject`` is the record it stands in."""

    field: str
    subject: str
    before: str
    mine: str
    theirs: str


def lines(catalogue: Catalogue, one: TwoVersions) -> tuple[FieldLine, ...]:
    """Return the fields in which two versions differ, at least one."""
    kind = catalogue.label("record_kind", kind_of(type(one.mine)))
    subject = called(catalogue, one.base or one.mine) or kind
    if one.gone:
        here, there = say("versions.removed"), say("versions.is_there")
        mine, theirs = (here, there) if one.gone == "here" else (there, here)
        return (FieldLine(kind, subject, "", mine, theirs),)
    if one.hidden:
        words = say("people.protected_not_shown_here")
        return (FieldLine(say("people.address"), subject, "", words, words),)
    say_of = ChangeWords(catalogue)
    before = {each.field: say_of.before(each) for each in one.before}
    told = tuple(
        FieldLine(each.label, subject, before.get(each.field, mine if one.base else ""), mine, theirs)
        for each in one.changes
        for mine, theirs in [(say_of.before(each), say_of.after(each))]
    )
    return told or (
        FieldLine(say("case.other_entries"), subject, "", say("case.as_it_is_here"), say("case.otherwise")),
    )


def marked(words: str, before: str, colour: str) -> str:
    """Return ``words`` as rich text: what is new against ``before`` bold, underlined, in ``colour``."""
    if not before:
        return html.escape(words)
    new, old = words.split(), before.split()
    parts = []
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        text = html.escape(" ".join(new[start:end]))
        if text:
            parts.append(text if kind == "equal" else _mark(text, colour))
    return " ".join(parts)


def outcome(one: TwoVersions, line: FieldLine) -> str:
    """Return the value that holds now."""
    return line.theirs if one.decision == "taken" else line.mine


def joined(one: TwoVersions) -> str:
    """Return both texts in one, as a start for own words."""
    said = [str(getattr(each, one.path, "")).strip() for each in (one.mine, one.theirs)]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said if text)


def who(name: str, at: datetime | None, desk: str) -> str:
    """Return „Anna Winter · Do., 19.11., 11:05“ and the desk below it."""
    made = " · ".join(part for part in (name, dates.moment(at) if at else "") if part)
    return "\n".join(part for part in (made, desk) if part)


def latest(found: Sequence[TwoVersions], side: str) -> tuple[str, datetime | None]:
    """Return who made the newest of the versions on a side, and when."""
    made = [getattr(one, side) for one in found]
    known = [each for each in made if each.at]
    last = max(known, key=lambda each: each.at, default=None)
    return (last.by, last.at) if last else ("", None)


def _mark(text: str, colour: str) -> str:
    return f'<span style="color:{colour};font-weight:600;text-decoration:underline">{text}</span>'
