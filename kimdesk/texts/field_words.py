"""Values of fields in words: codes as labels, days as people write them, people and records by name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kimdesk.casework.history import FieldChange, FormerValue
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import SERVICE, Name, described
from kimdesk.domain.records import Record
from kimdesk.domain.terms import ItemState
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart, isolated
from kimdesk.texts.speech import GERMAN, Speech

CHECKLIST, COURSE = "checklist", "course"
_MOST_ITEMS = 3
_LINKS = (FieldType.PERSON, FieldType.LINK, FieldType.LINKS)


class ChangeWords:
    """Puts what a field was and became into words."""

    def __init__(self, catalogue: Catalogue, speech: Speech = GERMAN) -> None:
        self._catalogue, self._speech = catalogue, speech

    def before(self, change: FieldChange) -> str:
        """Return what the field was."""
        if change.definition.id == CHECKLIST:
            return self._checklist(change.before, change.after)
        if change.definition.id == COURSE:
            return self._course(change.before, change.after)
        return self._value(change, change.before)

    def after(self, change: FieldChange) -> str:
        """Return what it became."""
        if change.definition.id == CHECKLIST:
            return self._checklist(change.after, change.before)
        if change.definition.id == COURSE:
            return self._course(change.after, change.before)
        return self._value(change, change.after)

    def _checklist(self, value: FormerValue, other: FormerValue) -> str:
        """Return where the documents stand that differ, by name; many of them as a count."""
        mine, theirs = (({one["item"]: one for one in each.plain or ()}) for each in (value, other))
        differing = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
        if not differing or len(differing) > _MOST_ITEMS:
            present = sum(one["state"] == ItemState.PRESENT for one in mine.values())
            return self._speech.say("fields.checklist", present=present, all=len(mine))
        told = (self._item(name, mine.get(name)) for name in differing)
        return apart("; ").join(told)

    def _course(self, value: FormerValue, other: FormerValue) -> str:
        """Return the steps of a referral that only this state has."""
        known = {one["id"] for one in other.plain or ()}
        steps = (one for one in value.plain or () if one["id"] not in known)
        told = (
            self._speech.say(
                "fields.step",
                step=self._catalogue.label("referral_step", one["kind"]),
                day=dates.of_iso(one["on"], self._speech),
            )
            for one in steps
        )
        return apart("; ").join(told) or self._speech.say("fields.nothing")

    def _item(self, name: str, entry: Mapping[str, Any] | None) -> str:
        label = self._catalogue.item_labels.get(name, name)
        if entry is None:
            return self._speech.say("fields.item", item=label, state=self._speech.say("fields.nothing"))
        known = [self._catalogue.label("item_state", entry["state"])]
        if until := entry.get("valid_until"):
            known.append(self._speech.say("fields.item_until", day=dates.of_iso(until, self._speech)))
        known += [entry["note"]] if entry.get("note") else []
        return self._speech.say("fields.item", item=label, state=apart(", ").join(known))

    def _value(self, change: FieldChange, value: FormerValue) -> str:
        plain = value.plain
        if plain in (None, "", [], ()):
            return self._speech.say("fields.nothing")
        if change.hidden:
            return self._speech.say("fields.hidden")
        if isinstance(plain, bool):
            return self._speech.say("fields.yes" if plain else "fields.no")
        many = plain if isinstance(plain, list | tuple) else [plain]
        return apart(", ").join(self._one(change, one, value.beside) for one in many)

    def _one(self, change: FieldChange, plain: Any, beside: Mapping[str, Any]) -> str:
        field: Field = change.definition
        if isinstance(plain, Mapping):
            return self._part(plain)
        if codes := choices_of(field, beside):
            return self._catalogue.label(codes, str(plain))
        if field.type in (FieldType.DATE, FieldType.PARTIAL_DATE):
            return dates.of_iso(str(plain), self._speech)
        if field.type in _LINKS:
            return named(self._catalogue, change.linked.get(str(plain)), self._speech)
        if field.type is FieldType.SERVICE:
            return self._catalogue.service_name(str(plain))
        return (
            self._speech.say("fields.minus", n=-plain) if isinstance(plain, int) and plain < 0 else str(plain)
        )

    def _part(self, plain: Mapping[str, Any]) -> str:
        """Return one of the small values that records hold lists of (``kinds.PARTS``)."""
        if "outcome" in plain:
            day, how = dates.of_iso(plain["due_on"], self._speech), plain["outcome"]
            outcome = self._catalogue.label("settled_how", how)
            return self._speech.say("fields.settled", day=day, outcome=outcome, said=plain["said"])
        if "to" in plain:
            return self._hand_over(plain)
        if "text" not in plain:
            return self._language(plain)
        return self._translation(plain) if "language" in plain else self._step(plain)

    def _translation(self, plain: Mapping[str, Any]) -> str:
        language = self._catalogue.label("language", plain["language"])
        return self._speech.say("fields.translation", language=language, text=isolated(plain["text"]))

    def _hand_over(self, given: Mapping[str, Any]) -> str:
        what = self._speech.say(f"wallet.handed_{'original' if given.get('original') else 'copy'}")
        day = dates.of_iso(given["on"], self._speech) if given.get("on") else ""
        return apart(", ").join(filter(None, (str(given["to"]), what, day)))

    def _step(self, step: Mapping[str, Any]) -> str:
        done = step.get("done_on")
        told = self._speech.say("fields.done", day=dates.of_iso(done, self._speech)) if done else ""
        return f"{step['text']} ({told})" if done else str(step["text"])

    def _language(self, skill: Mapping[str, Any]) -> str:
        label = self._catalogue.label
        notes = [label("language_level", skill["level"])] if skill.get("level") else []
        notes += [self._speech.say("fields.interpreter")] if skill.get("interpreter") else []
        name = label("language", skill["language"])
        return f"{name} ({', '.join(notes)})" if notes else name


def named(catalogue: Catalogue, record: Record | None, speech: Speech = GERMAN) -> str:
    """Return how people call ``record``; that it is gone when there is none."""
    return speech.say("fields.gone") if record is None else called(catalogue, record, speech)


def called(catalogue: Catalogue, record: Record, speech: Speech = GERMAN) -> str:
    """Return how people call ``record``, "" when it has no name."""
    return " ".join(_said(catalogue, each, speech) for each in described(type(record)).named(record))


def _said(catalogue: Catalogue, name: Name, speech: Speech) -> str:
    if isinstance(name, str):
        return name
    if isinstance(name, date):
        return dates.full(name, speech)
    if name.codes == SERVICE:
        return catalogue.service_name(name.code)
    return catalogue.label(name.codes, name.code)
