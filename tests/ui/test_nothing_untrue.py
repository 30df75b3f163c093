"""Nothing untrue: every claim that a page makes of a case, and the record behind it.

A case tool may say „noch nicht erfasst“; it may never claim. Four cases invite claims: one without anything,
one of a person from a list, a closed one, one with every phase skipped. Each page, tab, phase and station is
opened. What is said in the words of a claim is either a text of the program, the same in every case
(``OF_THE_PROGRAM``, the forms), or stands in ``BEHIND`` with what must be recorded for it to be true.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QLabel, QWidget

from kimdesk.casework import cases, closing, phases, records
from kimdesk.casework.desk import Desk
from kimdesk.catalogue import legal_state
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.legal_state import Time
from kimdesk.documents import papers
from kimdesk.documents.papers import PAPERS, PaperWish
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.consent import standing
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import KimdeskError
from kimdesk.domain.household import recorded_form
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.phases import latest
from kimdesk.domain.records import Case, CaseFile, FollowUp, Person
from kimdesk.domain.regimes import unrecorded
from kimdesk.domain.terms import CaseStatus, ContactStatus, FollowUpKind, Phase, PhaseState
from kimdesk.texts import say
from tests.ui.hands import settle
from tests.ui.page_fixtures import *  # noqa: F403 - fixtures
from ui.case.openers import _OPENERS
from ui.case.page import CasePage
from ui.case.tabs import KEYS
from ui.forms.stations_view import StationsView
from ui.pages import PAGES
from ui.places import Place
from ui.shell import Shell

NOW = date.today()  # noqa: DTZ011 - the worker's calendar day
ROOT = QModelIndex()
CLAIM = re.compile(
    r"\b(allein|fertig|abgeschlossen|übersprungen|keine?[rnms]?|nichts|niemand|vollständig|erledigt|gesendet"
    r"|vereinbart|alles|ohne|gültig|geklärt|seit|lebt|Jahre)\b",
    re.IGNORECASE,
)

DIALOGS = sorted(
    {kind.name for kind in KINDS.values() if kind.form and kind.name not in ("case", "attachment")}
    | {name for name, opener in _OPENERS.items() if opener.add}
)
PASSED = {Time.PASSED, Time.OLD}

Behind = Callable[[CaseFile], object]


def state(phase: Phase, wanted: PhaseState) -> Behind:
    def behind(file: CaseFile) -> bool:
        entry = latest(file.phases, phase)
        return entry is not None and entry.state is wanted

    return behind


def due_now(file: CaseFile) -> bool:
    return any(each.is_date for each in due_in(file, SHIPPED.rules.agenda, NOW))


def closed_case(file: CaseFile) -> bool:
    return file.case.status is CaseStatus.CLOSED and file.case.closed_on is not None


def wholly_recorded(file: CaseFile) -> bool:
    return file.client is not None and not unrecorded(file.regimes, file.client.id)


def no_appointment(file: CaseFile) -> bool:
    return all(each.kind is not FollowUpKind.APPOINTMENT for each in file.follow_ups)


def held(file: CaseFile) -> bool:
    return any(each.status is ContactStatus.HELD for each in file.contacts)


def open_of(kind: FollowUpKind) -> Behind:
    return lambda file: not any(one.kind is kind and not one.done_on for one in file.follow_ups)


BEHIND: dict[str, tuple[str, Behind]] = {
    # the claim, as a pattern          what is behind it
    # why there is no such paper yet
    r".*: noch kein Verweis": ("no referral", lambda file: not file.referrals),
    r".*: noch kein Aufenthaltsstatus erfasst": ("no residence paper", lambda file: not file.residence),
    r".*: noch keine Einwilligung erfasst": ("no consent", lambda file: not file.consents),
    r".*: noch kein Kontakt notiert": ("no talk", lambda file: not file.contacts),
    r".*: noch kein Ziel vereinbart": ("no goal", lambda file: not file.goals),
    r".*: keine Frist ist offen": ("no open deadline", open_of(FollowUpKind.DEADLINE)),
    r".*: kein Termin steht an": ("no open appointment", open_of(FollowUpKind.APPOINTMENT)),
    r"Es ist noch kein Ziel, kein Schritt und kein Termin vereinbart\.": (
        "nothing agreed", lambda file: not (file.goals or file.measures) and open_of(
            FollowUpKind.APPOINTMENT)(file)),
    r"Zurzeit wartet kein Verweis\..*": ("no referral", lambda file: not file.referrals),
    r"lebt (allein|mit|in) .*|.*· lebt .*": ("the assessment says how the client lives", recorded_form),
    r"Keine Lücke, keine Überschneidung eingetragen\.": (
        "benefit and insurance are entered", wholly_recorded),
    r"\d Jahre.*|.*\d Jahre.*": ("a birth date", lambda file: file.client and file.client.birth_date),
    r"(?!0 von).* fertig|.*, fertig.*": ("the answers of that part", lambda file: any(
        entry.answers for entry in file.phases)),
    r".*Keine gültige Einwilligung|Nichts darf weitergegeben werden, .*": (
        "no consent in force", lambda file: not standing(file.consents, NOW)),
    r"Nichts Eingetragenes ist fällig\..*|Es ist nichts eingetragen, das ansteht\.": (
        "no date that is due", lambda file: not due_now(file)),
    r"In dieser Woche ist nichts Eingetragenes fällig\.": (
        "no date this week", lambda file: not due_now(file)),
    r"Ohne Kontakt seit sechs Wochen [1-9]\d*": ("a talk that long ago", held),
    r"Für die nächste Zeit ist noch kein Termin eingetragen\.": (
        "no appointment", no_appointment),
    r"Abschluss am .* und 3 Jahre: .*": ("the day of closing it is asked for", lambda file: file.case),
    r"Klient\*in · seit \d\d\.\d\d\.\d{4}": ("the member's first day", lambda file: file.members[0].since),
    r"Abgeschlossen ([1-9]\d*|am \d.*)|(.*, )?Fall abgeschlossen(, .*)?|.*→ abgeschlossen": (
        "the case was closed on a day", closed_case),
    r"Es gibt noch nichts zu übergeben: .*|Nichts\.|§ 203 StGB: keine Einwilligung für den Kreis": (
        "no consent in force", lambda file: not standing(file.consents, NOW)),
    r"In diesem Zeitraum ist kein Gespräch eingetragen, für das .*": (
        "no talk and no appointment with an interpreter", lambda file: not file.contacts),
    r".*: ESC-2026-001, .*, abgeschlossen, .*|Was: Fall abgeschlossen": (
        "the case was closed on a day", closed_case),
    r"Löschdatum: – → .*": ("the case was closed on a day", closed_case),
    r"Erledigt(: Widerspruch)?": ("a date that can be ticked off", lambda file: file.follow_ups),
    r"Das Assessment ist abgeschlossen oder übersprungen\..*": (
        "the assessment has ended", lambda file: state(Phase.ASSESSMENT, PhaseState.SKIPPED)(file)
        or state(Phase.ASSESSMENT, PhaseState.COMPLETED)(file)),
    r"Bereich 1 von 12 · übersprungen am .*": (
        "the assessment was skipped", state(Phase.ASSESSMENT, PhaseState.SKIPPED)),
    r"übersprungen am .*|Diese Phase wurde übersprungen|Beendet am: .* → übersprungen": (
        "a phase was skipped", lambda file: any(one.state is PhaseState.SKIPPED for one in file.phases)),
    **{
        rf"({phase.number} |Phase: |.*, |){re.escape(SHIPPED.label('phase', phase))},? übersprungen.*": (
            f"„{SHIPPED.label('phase', phase)}“ was skipped", state(phase, PhaseState.SKIPPED))
        for phase in Phase
    },
}  # fmt: skip

ON_PAPER: dict[str, Behind] = {
    # what a paper of the case says   what must be recorded for it
    r"zusammen vereinbart|sind damit einverstanden": lambda file: file.goals or file.measures,
    r"was als Nächstes geschieht|trage diesen Plan mit": lambda file: file.measures,
    r"zusammen angesehen": lambda file: any(
        one.phase is Phase.ASSESSMENT and one.answers for one in file.phases),
    r"Vereinbart am|Unterschrieben am|Hilfeplan vom": lambda file: any(one.answers for one in file.phases),
    r"geboren am \d": lambda file: file.client and file.client.birth_date,
    r"hat eingewilligt|Ich erlaube das": lambda file: file.consents,
    r"haben Sie vom .* begleitet|Ihre Beratung ist zu Ende|bewahren die Akte": closed_case,
    r"Termin ist am": lambda file: not no_appointment(file),
    r"\bWiderspruch\b": lambda file: file.follow_ups,
    r"(?<!nicht )(?<!noch nicht )festgelegt\b(?!“)": lambda file: any(one.answers for one in file.phases),
}  # fmt: skip

OF_THE_PROGRAM = {
    # what is not recorded yet, said as such
    "0 von 12 fertig", "Abgeschlossen 0", "Ohne Kontakt seit sechs Wochen 0", "Noch nichts eingetragen.",
    "Noch nichts eingetragen: Deutsch, Schule, Arbeit, Ehrenamt, Kurse, was jemand kann.",
    "noch keine", "Es gibt noch keinen Verweis.", "Es ist kein Termin eingetragen.",
    "Es ist keine Fallkonferenz eingetragen.", "Es ist noch kein Ziel vereinbart.",
    "Es ist noch keine Maßnahme geplant.", "Für heute ist kein Termin eingetragen.",
    "Es ist kein Wechsel eingetragen, der bevorsteht.", "In der Netzwerkkarte ist noch niemand eingetragen.",
    "Es ist nichts eingetragen, das in den nächsten Monaten endet.",
    "Es ist keine Person angelegt. Alles andere geht wie gewohnt.", "ohne Namen", "Name: ohne Namen",
    # legends, advice and names of fields
    "fertig", "Keine Rechtsberatung – bitte im Einzelfall prüfen.",
    "Was zeigt dieser Fall über das System? Ohne Namen.",
    "Was trifft zu?: Es gibt kein anderes Fallmanagement.", "Abgeschlossen am: Kalender öffnen",
    "Vereinbart am: Kalender öffnen", "Abgeschlossen am: frühere Werte", "Erledigt",
    "Sperren, wenn nichts gedrückt wird für", "Keine Rechtsberatung",
    "Sie sehen genau, was hinausgeht. Es wird nichts gesendet, solange Sie nicht schreiben.",
    "Ohne Einwilligung geht nichts Persönliches hinaus. Ein Widerruf reist unterschrieben mit.",
    "Schritte 1: erledigt", "Welches Ziel wird vereinbart?", "Warum wird der Fall abgeschlossen?",
    "Zielerreichung, vorab vereinbart",
    "Noch kein Ziel vereinbart.", "Noch nichts: Es ist noch nichts belegt.",
    # what the desk knows of itself: its own backups, layers, contradictions, findings and seals
    "Es gibt noch keine Sicherung", "Es gibt nichts zu klären.",
}  # fmt: skip
BEGINS = (
    "Das ist eine anonyme Beratung:", "Es gibt noch keine Einwilligung.",
    "Fehlt ein Angebot oder passt keines?", "Noch gibt es hier keine Unterlage.", "Kreis: weiblich.",
    "Hier steht noch keine eigene Vorlage.", "Name, Telefon, E-Mail, je eine Zeile.", "Ohne Scan eintragen",
    "Ziel · Wer trägt was bei?",
    "Es gelten die mitgelieferten Stammdaten.", "Es ist noch kein Strukturbefund festgehalten.",
    "Es ist nichts hinterlegt: Nur die Personen und Blätter auf dieser Seite", "Geht dieser Rechner verloren",
    "Noch nichts gewählt. Am besten ist ein Stick", "Wenn jemand eine Passphrase erfahren haben könnte",
    "Der Kreis schickt eine Datei zurück.", "Einmal im Monat wird die neueste Sicherung zur Probe",
    "Auf die Seite kommt nur, was belegt ist.", "Keine Rechtsberatung: Fragen Sie im Zweifel",
    "Der andere Arbeitsplatz bekommt eine Kopie", "Was zeigt der Fall über das System?",
    "Freie Software unter der EUPL", "Zu dieser Ansicht", "Heute abgeschlossen, würde er",
    "Abgeschlossen am: – →",
)  # fmt: skip


def of_the_forms() -> set[str]:
    """Return labels, helps and titles of all forms, and what their lists offer: the same in every case."""
    found: set[str] = set()
    for form in (*map(SHIPPED.phase_form, Phase), *SHIPPED.record_forms()):
        for section in form.sections:
            found |= {section.title, section.help}
            found |= {text for field in section.fields for text in (field.label, field.help)}
            found |= {f"{field.label}: Kalender öffnen" for field in section.fields}
        found |= {code.label for known in form.lists.values() for code in known.codes}
    return {plain(text) for text in found}


def of_the_catalogue() -> set[str]:
    """Return what the page „Rechtsstand“ says of the contents: the same in every case."""
    found: set[str] = set()
    for each in (contents := legal_state.of(SHIPPED, NOW)):
        found |= {each.title, f"Inhalt: {each.title}", each.source, f"Quelle: {each.source}"}
    unchecked, passed = legal_state.unchecked(contents), [one for one in contents if one.time in PASSED]
    found.add(say("legal_state.n_of_all_unchecked", n=unchecked, every=len(contents)))
    found.add(f"{say('legal_state.n_passed', n=len(passed))} {say('legal_state.told_words')}")
    return {plain(text) for text in found}


def plain(text: str) -> str:
    return " ".join(text.split())


def said(top: QWidget) -> Iterator[str]:
    """Yield every text that is shown or spoken below ``top``."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisibleTo(top):
            continue
        if isinstance(widget, QLabel):
            yield widget.text()
        elif isinstance(widget, QAbstractButton):
            yield from (widget.text(), widget.accessibleName())
        elif isinstance(widget, QAbstractItemView):
            yield from listed(widget)


def listed(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount(ROOT) if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount(ROOT)):
        for column in range(columns):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, column).data(role) or "")


def walk(shell: Shell, case: Case) -> Iterator[str]:
    """Yield what is said on the pages of the desk and of the case."""
    pages = [page.key for page in PAGES if "desk" in page.roles and page.key != "case"]
    for place in (
        *(Place(key) for key in pages),
        *(Place("case", case.id, str(key)) for key in (*KEYS, *Phase)),
    ):
        shell.navigate(place)
        settle()
        yield from said(shell)
        for form in shell.findChildren(StationsView):
            for station in [*form._stations] if form.isVisibleTo(shell) else ():
                if not station.is_domain:
                    form.go(station.path)
                    settle()
                    yield from said(form)


def asked(shell: Shell, case: Case) -> Iterator[str]:
    """Yield what the dialogs of the case say before anything is entered."""
    shell.navigate(Place("case", case.id))
    settle()
    page = shell.current_page()
    assert isinstance(page, CasePage)
    for kind in DIALOGS:
        assert page._editing is not None
        page._editing.open(kind, "")
        settle()
        for dialog in reversed(QApplication.topLevelWidgets()):
            if isinstance(dialog, QDialog) and dialog.isVisible():
                yield from said(dialog)
                dialog.reject()
        settle()


def anonymous(desk: Desk) -> Case:
    return cases.open_new(desk, None)


def imported(desk: Desk) -> Case:
    return cases.open_new(desk, Person(family_name="Osman", given_names="Amna", birth_date=PartialDate(1992)))


def closed(desk: Desk) -> Case:
    case = imported(desk)
    records.save(desk, FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=NOW))
    return closing.close(desk, case.id, "goals_reached")


def skipped(desk: Desk) -> Case:
    case = imported(desk)
    for phase in Phase:
        phases.skip(desk, case.id, phase, "steht in der Akte")
    return case


@pytest.mark.parametrize("made", [anonymous, imported, closed, skipped], ids=lambda made: str(made.__name__))
def test_whatever_is_claimed_of_a_case_has_a_record_behind_it(
    made: Callable[[Desk], Case], blank: Desk, shell_on: Callable[..., Shell]
) -> None:
    case = made(blank)
    shell = shell_on(blank, "today")
    claims = {plain(text) for text in (*walk(shell, case), *asked(shell, case)) if CLAIM.search(text)}
    claims -= OF_THE_PROGRAM | of_the_forms() | of_the_catalogue()
    file = cases.peek(blank, case.id)
    untrue = []
    for claim in sorted(one for one in claims if not one.startswith(BEGINS)):
        known = [entry for pattern, entry in BEHIND.items() if re.fullmatch(pattern, claim)]
        if not any(behind(file) for _, behind in known):
            untrue.append((claim, [what for what, _ in known] or "nothing stands behind it"))
    assert untrue == []


def printed(desk: Desk, case: Case) -> Iterator[tuple[str, str]]:
    """Yield each paper about the case that can be made, with its words."""
    for kind in PAPERS:
        if kind.about == "case":
            try:
                made = papers.make(desk, kind.name, case.id, PaperWish(today=NOW))
            except KimdeskError:
                continue  # refused: nothing is claimed
            pages = pypdfium2.PdfDocument(made.data)
            yield kind.name, plain(" ".join(page.get_textpage().get_text_range() for page in pages))


@pytest.mark.parametrize("made", [anonymous, imported, closed, skipped], ids=lambda made: str(made.__name__))
def test_whatever_a_paper_claims_of_a_case_has_a_record_behind_it(
    made: Callable[[Desk], Case], blank: Desk
) -> None:
    case = made(blank)
    file, found = cases.peek(blank, case.id), dict(printed(blank, case))
    assert found
    said = ((name, claim, behind) for name in found for claim, behind in ON_PAPER.items())
    assert [
        (name, claim) for name, claim, behind in said if re.search(claim, found[name]) and not behind(file)
    ] == []
