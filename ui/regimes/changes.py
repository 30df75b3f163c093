"""Changing spells from the picture: one call each, with an undo in a toast."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject

from kimdesk.casework import changes
from kimdesk.casework.changes import Change
from kimdesk.casework.desk import Desk
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import RecordRef, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import Lane
from kimdesk.texts import dates, say
from ui.case.blank import find
from ui.case.editing import Editing
from ui.regimes.drag import END
from ui.regimes.lines import TITLE

Spell = RegimeSpell | ResidenceSpell


class SpellChanges(QObject):
    """Does what hand and keyboard ask of the timeline."""

    def __init__(self, editing: Editing, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing

    def place(self, ref: RecordRef, edge: str, day: date) -> None:
        """Let a spell begin or end on ``day``."""
        old = self._spell(ref)
        if old is None:
            return
        if isinstance(old, RegimeSpell):
            new: Spell = replace(old, ends_on=day) if edge == END else replace(old, starts_on=day)
        else:
            new = replace(old, valid_until=day) if edge == END else replace(old, valid_from=day)
        when = dates.full(day)
        words = (
            say("regimes.ends_on_day_now", day=when)
            if edge == END
            else say("regimes.begins_on_day_now", day=when)
        )
        self._do(lambda desk: changes.save(desk, new), words)

    def add(self, strand: str, person: str, day: date) -> None:
        """Open the dialog for a new spell of a person in a strand, from ``day`` on."""
        file = self._editing.file
        if strand == TITLE:
            self._editing.edit(ResidenceSpell(case_id=file.case.id, person_id=person, valid_from=day))
        else:
            lane = Lane(strand) if strand else Lane.BENEFIT
            found = RegimeSpell(case_id=file.case.id, person_id=person, lane=lane, starts_on=day)
            self._editing.edit(found)

    def remove(self, ref: RecordRef) -> None:
        """Remove a spell."""
        old = self._spell(ref)
        if old is None:
            return
        self._do(lambda desk: changes.remove(desk, old), say("regimes.spell_removed"))

    def _do(self, step: Callable[[Desk], Change], words: str) -> None:
        desk, editing = self._editing.context.desk, self._editing
        editing.context.work.write(self, lambda: step(desk), lambda change: editing.changed(words, change))

    def _spell(self, ref: RecordRef) -> Spell | None:
        found = find(type_of(ref.kind), ref.id, self._editing.file)
        return found if isinstance(found, RegimeSpell | ResidenceSpell) else None
