"""The card of one person: names, birth, languages, residence, protection, and what can be done with her."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kimdesk.casework.disputes import disputed_of
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.arrival import StayBand, stay_band
from kimdesk.domain.household import is_inside
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, LanguageSkill, Member, Person
from kimdesk.domain.shielding import any_shielded
from kimdesk.texts import dates, say
from ui.case import copying
from ui.case.cards import joined
from ui.case.heading import age_words, residence_badge
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet
from ui.kit.card import Card
from ui.kit.context_menu import MenuLine, of_buttons, show_menu
from ui.kit.text import Text
from ui.papers.calling import call, dials
from ui.theme import theme


class PersonCard(Card):
    """One person; ``wanted`` carries what is to be done ("person", "member", "merge") and an identity.

    ``copied`` carries what to say after something was copied, or could not be.
    """

    wanted = Signal(str, str)
    copied = Signal(str)

    def __init__(
        self, catalogue: Catalogue, person: Person, member: Member, file: CaseFile, today: date
    ) -> None:
        role = joined(catalogue.label("role", member.role), member.relation)
        super().__init__(full_name(person) or say("common.without_name"), role)
        self.setObjectName(f"person_{person.id}")
        self.body.addWidget(_badges(catalogue, person, member, file, today))
        self.body.addLayout(_facts(catalogue, person, today, hidden=any_shielded(file.persons)))
        self.body.addStretch(1)
        self.body.addWidget(self._buttons(person, member))
        self._person, self._file = person, file

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """MenuLine what the buttons do, and to copy what can be copied."""
        copies = (
            MenuLine(f"copy_{what}", say(f"people.copy_{what}"), partial(self._copy, what))
            for what in ("phone", "address")
        )
        offers = (*of_buttons(self._acts), *copies, *self._calls())
        show_menu(self, "person_menu", self.accessibleName(), offers, event.globalPos())

    def _calls(self) -> tuple[MenuLine, ...]:
        """Return the line that calls the person, where her number may be seen and the system can dial."""
        number = self._person.phone
        if any_shielded(self._file.persons) or not dials(number):
            return ()
        return (MenuLine("call_person", say("calendar.call"), partial(call, number, self.copied.emit)),)

    def copy_of_person(self, what: str) -> str:
        """Copy „phone“ or „address“ of the person; return what to tell the user."""
        return copying.COPY[what](self._file, self._person)

    def _copy(self, what: str) -> None:
        self.copied.emit(self.copy_of_person(what))

    def _buttons(self, person: Person, member: Member) -> QWidget:
        row = FlowBox(8)
        self._acts: list[Button] = []
        for kind, key, words, icon in (
            ("person", person.id, say("people.edit_person"), "pencil-simple"),
            ("member", member.id, say("people.place_in_the_household"), "house-line"),
            ("merge", person.id, say("people.merge_dialog"), "git-merge"),
        ):
            button = quiet(words, icon, "small")
            button.setObjectName(f"edit_{kind}_{key}")
            spoken = say("people.merge_with_another_entry") if kind == "merge" else words
            button.setToolTip(spoken)
            button.setAccessibleName(f"{spoken}: {full_name(person)}")
            button.clicked.connect(lambda _=False, kind=kind, key=key: self.wanted.emit(kind, key))
            row.flow.addWidget(button)
            self._acts.append(button)
        return row


def contact_words(catalogue: Catalogue, person: Person) -> str:
    """Return on which ways a contact does no harm, „Anruf, Kurznachricht · nur vormittags“."""
    ways = ", ".join(catalogue.label("contact_channel", code) for code in person.contact_channels)
    return joined(ways, person.safe_contact)


def born_words(catalogue: Catalogue, person: Person, today: date) -> str:
    """Return „01.01.1990, fiktiv · 36 Jahre · Aleppo“."""
    born = dates.partial(person.birth_date) if person.birth_date else ""
    if born and person.birth_fictitious:
        born = say("common.day_fictitious", day=born)
    country = catalogue.label("nationality", person.birth_country) if person.birth_country else ""
    place = ", ".join(part for part in (person.birth_place, country) if part)
    return joined(born, age_words(person, today), place)


def _badges(catalogue: Catalogue, person: Person, member: Member, file: CaseFile, today: date) -> QWidget:
    box = FlowBox(6)
    badge = residence_badge(catalogue, file, person.id, today)
    box.flow.addWidget(Badge(badge.text, badge.tone, badge.icon))
    if person.protected:
        box.flow.addWidget(Badge(say("people.protection_from_violence"), "bad", "shield-lock"))
    if person.address_blocked:
        box.flow.addWidget(Badge(say("people.register_block"), "bad", "shield-lock"))
    if not is_inside(member, today):
        left = member.until is not None and member.until < today
        words = say("people.household_until_day", day=dates.full(member.until)) if left else ""
        box.flow.addWidget(Badge(words or say("people.not_in_the_household"), "neutral", "house-line"))
    if disputed_of(file, person.id):
        badge_of = Badge(say("common.disputed"), "warn", "scales")
        badge_of.setObjectName(f"disputed_{person.id}")
        box.flow.addWidget(badge_of)
    return box


def _facts(catalogue: Catalogue, person: Person, today: date, *, hidden: bool) -> QGridLayout:
    address = joined(person.street, f"{person.postcode} {person.city}".strip())
    pairs = (
        (say("people.born"), born_words(catalogue, person, today)),
        (say("people.other_names"), _other_names(person)),
        (
            say("common.nationality"),
            ", ".join(catalogue.label("nationality", code) for code in person.nationalities),
        ),
        (say("people.languages"), ", ".join(_language(catalogue, skill) for skill in person.languages)),
        (say("people.in_germany_since"), _since(catalogue, person, today)),
        (say("people.address"), say("people.protected_not_shown_here") if hidden else address),
        (say("people.safe_contact"), contact_words(catalogue, person)),
        (say("people.to_mind"), person.contact_caution),
        (say("people.interpreting"), person.interpreter_wish),
        (say("people.phone"), "" if hidden else person.phone),
    )
    grid = QGridLayout()
    spaced(grid, 6)
    grid.setColumnMinimumWidth(0, theme().px(104))
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate((name, text) for name, text in pairs if text):
        grid.addWidget(Text(name, "table", "text-2"), row, 0, Qt.AlignmentFlag.AlignTop)
        told = Text(text, "table", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(told, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _since(catalogue: Catalogue, person: Person, today: date) -> str:
    if person.arrived_on is None:
        return ""
    day = dates.partial(person.arrived_on)
    band = stay_band(person.arrived_on, catalogue.rules.agenda.spans, today)
    return say("people.at_most_three_years", day=day) if band is StayBand.RECENT else day


def _other_names(person: Person) -> str:
    return joined(
        say("people.called_name", name=person.call_name) if person.call_name else "",
        say("people.born_name", name=person.birth_name) if person.birth_name else "",
        say("people.under_german_law_name", name=person.german_name) if person.german_name else "",
        say("people.also_name", name=person.alias) if person.alias else "",
        person.original_name,
        say("people.bears_only_one_name") if person.single_name else "",
    )


def _language(catalogue: Catalogue, skill: LanguageSkill) -> str:
    words = catalogue.label("language", skill.language)
    if skill.level:
        words = f"{words} ({catalogue.label('language_level', skill.level).partition(',')[0]})"
    return say("common.language_with_interpreter", language=words) if skill.interpreter else words
