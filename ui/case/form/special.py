"""What only a consent lets into a case: data of a special category is entered once somebody agreed to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kimdesk.domain.consent import standing
from kimdesk.domain.records import Consent, Record
from kimdesk.sync.leaving.policy import policy
from kimdesk.texts import say
from ui.case.blank import blank
from ui.case.editing import Editing
from ui.forms.record_dialog import RecordDialog
from ui.forms.session import FormSession
from ui.kit.dialog import Dialog

_FREE = frozenset({"not_discussed", "source", "review_on"})
"""Answers of a life domain that say nothing about anybody."""
_ASKED_FOR = frozenset({"health"})
"""Categories of single fields that need a consent; that advice is needed says nothing yet."""
_DOMAINS = "domains"


def guard_domains(session: FormSession, editing: Editing) -> None:
    """Let ``session`` take answers about health and the like only under a consent that names the category."""

    def category(path: str, field_id: str) -> str:
        section, _, domain = path.partition(".")
        asked = section == _DOMAINS and field_id not in _FREE
        return policy().special["life_domain"].get(domain, "") if asked else ""

    _guard(session, editing, category)


def guard_record(dialog: RecordDialog[Record], _: Record, editing: Editing) -> None:
    """Do the same for single fields of the record in ``dialog``."""
    listed, kind = policy().special.get("field", {}), dialog.kind
    named = {name: found for name, found in listed.items() if found in _ASKED_FOR}
    _guard(dialog.session, editing, lambda _, field_id: named.get(f"{kind}.{field_id}", ""))


def _guard(session: FormSession, editing: Editing, category_of: Callable[[str, str], str]) -> None:
    before = session.asks

    def asks(path: str, field_id: str, value: Any) -> bool:
        category = category_of(path, field_id)
        if category and value not in (None, "", [], False) and not _is_agreed(editing, category):
            if not any(each.isVisible() for each in editing.page.findChildren(SpecialDialog)):
                SpecialDialog(editing, category).open()
            return False
        return before is None or before(path, field_id, value)

    session.asks = asks


def _is_agreed(editing: Editing, category: str) -> bool:
    return any(category in one.special_categories for one in standing(editing.file.consents, editing.today))


class SpecialDialog(Dialog):
    """Says why nothing was entered, and takes down the consent that is missing."""

    def __init__(self, editing: Editing, category: str) -> None:
        name = editing.catalogue.label("special_category", category)
        super().__init__(
            editing.page,
            say("forms.special_question", category=name),
            accept=say("forms.take_down_the_consent"),
            reject=say("forms.leave_it_out"),
        )
        self.setObjectName("special_category_asked")
        self._editing, self._category = editing, category
        self.add_text(say("forms.special_needs_a_consent", category=name))

    def accept(self) -> None:
        """Begin the consent."""
        super().accept()
        new = blank(Consent, self._editing.file, self._editing.today)
        self._editing.edit(replace(new, special_categories=(self._category,), kinds=(self._category,)))
