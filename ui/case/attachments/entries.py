"""Entries of the wallet in words, as rows of its list. No widgets."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework.checklists import Listing
from kimdesk.casework.wallet import WalletEntry, WalletGroup
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import age_on
from kimdesk.domain.records import Attachment, CaseFile, HandOver, Person, Referral
from kimdesk.texts import dates, say
from ui.kit.listing import TaskGroup, TaskRow

HEADS = {
    WalletGroup.MISSING: ("overdue", "bad"),
    WalletGroup.ENDING: ("expiring", "warn"),
    WalletGroup.THERE: ("present", "ok"),
    WalletGroup.ENDED: ("clock-counter-clockwise", "text-2"),
}
"""Sign and colour of each group."""
_AWAY = frozenset({"agency", "third"})  # original_place


@dataclass(frozen=True, slots=True)
class WalletRow(TaskRow):
    """One row of the wallet: the columns of its table, each a word and a smaller one below.

    ``title`` and ``text`` are the first column, ``date`` and ``date_note`` its end; ``sheet`` is how it is
    drawn, ``group`` the word of its group. ``away``: the original is out of the house.
    """

    sheet: str = "form"
    group: str = ""
    place: str = ""
    place_note: str = ""
    away: bool = False
    given: str = ""
    given_note: str = ""
    needed: tuple[str, ...] = ()

    def spoken(self) -> str:
        """Return the row as a screen reader should say it."""
        told = (
            _named("wallet.column_original", self.place, self.place_note),
            _named("wallet.column_end", self.date, self.date_note),
            _named("wallet.column_handed", self.given, self.given_note),
            _named("wallet.column_needed", ", ".join(self.needed)),
        )
        return ", ".join(filter(None, (self.title, self.text, *told, self.group)))


def head(group: WalletGroup, count: int) -> TaskGroup:
    """Return the head of a group with how many follow."""
    icon, tone = HEADS[group]
    return TaskGroup(icon, tone, say(f"wallet.group_{group}"), count)


def row(catalogue: Catalogue, one: WalletEntry, file: CaseFile, today: date) -> WalletRow:
    """Return an entry as a row."""
    drawn = catalogue.rules.proofs.kind(one.document).drawn if one.paper else "missing"
    title = (one.paper.title if one.paper else "") or one.label or "–"
    place, place_note = _place(catalogue, one)
    end, end_note, tone = _end(one, today)
    given, given_note = _given(one.paper.handed if one.paper else (), today)
    icon, own_tone = HEADS[one.group]
    return WalletRow(
        icon,
        own_tone,
        title,
        owner_word(one, file, today),
        "",
        end,
        end_note,
        one.key,
        tone,
        None,
        None,
        drawn if not (one.paper and one.asked) else "missing",
        group_word(one),
        place,
        place_note,
        bool(one.paper and one.paper.original_at in _AWAY),
        given,
        given_note,
        tuple(listing_word(catalogue, each) for each in one.needed),
    )


def group_word(one: WalletEntry) -> str:
    """Return how an entry stands: „fehlt“, „läuft bald ab“ …"""
    return say("wallet.state_asked") if one.asked else say(f"wallet.state_{one.group}")


def owner_word(one: WalletEntry, file: CaseFile, today: date) -> str:
    """Return whose it is: „Lina, 5 Jahre“, „ganzer Haushalt“."""
    if one.household:
        return say("wallet.household")
    person = next((each for each in file.persons if each.id == one.person_id), None)
    return named_person(person, today) if person else say("wallet.nobody_said")


def named_person(person: Person, today: date) -> str:
    """Return the first name and the age."""
    name = person.given_names or person.family_name or "–"
    if person.birth_date is None:
        return name
    return say("wallet.person_age", name=name, n=age_on(person.birth_date, today))


def listing_word(catalogue: Catalogue, listing: Listing) -> str:
    """Return what a list is for in few words: a service, a change of regime."""
    if isinstance(listing, Referral):
        return catalogue.service_name(listing.service)
    regimes = catalogue.code_list("legal_regime")
    return f"{regimes.short(listing.from_regime)} → {regimes.short(listing.to_regime)}"


def handed_word(to: HandOver, today: date) -> str:
    """Return what went and when: „Kopie, Fr., 20.11.“, „Original, quittiert“."""
    what = say(f"wallet.handed_{'original' if to.original else 'copy'}")
    day = dates.short(to.on, today) if to.on else ""
    receipt = say("wallet.with_receipt") if to.receipt else ""
    return ", ".join(filter(None, (what, receipt if to.original and receipt else day or receipt)))


def original_word(catalogue: Catalogue, one: Attachment) -> str:
    """Return where the original is: whom it is with, else the kind of place."""
    return one.original_with or catalogue.code_list("original_place").short(one.original_at)


def _place(catalogue: Catalogue, one: WalletEntry) -> tuple[str, str]:
    paper = one.paper
    if one.asked:
        since = paper.applied_on if paper else None
        return say("wallet.asked_for"), say("common.since_day", day=dates.full(since)) if since else ""
    if paper is None:
        gone = one.expired_on
        return ("–", "") if gone is None else (say("wallet.last_one"), say("wallet.ended_on", day=gone))
    if paper.original_since and paper.original_at in _AWAY:
        note = say("common.since_day", day=dates.full(paper.original_since))
    else:
        note = say("wallet.scan_here" if paper.sha256 else "wallet.no_scan")
    return original_word(catalogue, paper) or "–", note


def _end(one: WalletEntry, today: date) -> tuple[str, str, str]:
    """Return until when it counts, or when it is needed; a note below, and the colour."""
    paper = one.paper
    if paper is None or one.asked:
        return _needed_on(one.due_on, today)
    if paper.valid_until is None:
        issued = say("wallet.issued_on", day=paper.issued_on) if paper.issued_on else ""
        return say("wallet.no_end"), issued, "text-2"
    note = dates.distance(paper.valid_until, today)
    if one.group is WalletGroup.ENDED:
        return dates.full(paper.valid_until), say("wallet.state_ended"), "bad"
    near = one.group is WalletGroup.ENDING
    return dates.full(paper.valid_until), note if near else "", "warn" if near else "text-2"


def _needed_on(due_on: date | None, today: date) -> tuple[str, str, str]:
    if due_on is None:
        return "–", "", "text-2"
    if due_on <= today:
        return say("wallet.needed_today"), dates.short(today, today), "bad"
    day = dates.day_and_month(due_on) if due_on.year == today.year else dates.full(due_on)
    return say("wallet.needed_on", day=day), dates.distance(due_on, today), "text-2"


def _given(handed: tuple[HandOver, ...], today: date) -> tuple[str, str]:
    if not handed:
        return "–", ""
    last = handed[-1]
    more = say("common.and_n_more", n=len(handed) - 1) if len(handed) > 1 else ""
    return " ".join(filter(None, (last.to, more))), handed_word(last, today)


def _named(key: str, *words: str) -> str:
    told = " ".join(each for each in words if each and each != "–")
    return f"{say(key)}: {told}" if told else ""
