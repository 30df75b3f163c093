"""A record of the preview in words: each of its fields, what leaves of it, or why it stays."""

from typing import NamedTuple

from kimdesk.casework.history import label_of
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import SERVICE, Coded, Name, described
from kimdesk.domain.records import Record
from kimdesk.sync.leaving.allow_list import Treatment
from kimdesk.sync.leaving.preview import PreviewValue
from kimdesk.sync.leaving.preview_fields import PreviewField, PreviewRecord
from kimdesk.sync.leaving.projection import Part
from kimdesk.texts.preview import PreviewWords, reason
from kimdesk.texts.speech import GERMAN, Speech


def field_label(catalogue: Catalogue, record: Record, name: str, speech: Speech = GERMAN) -> str:
    """Return what people call a field of a record: as its form asks for it, or by a name of its own here."""
    label = label_of(catalogue, record, name)
    known = f"preview.field_{name}"
    return speech.say(known) if label == name and speech.has(known) else label


class FieldWords(NamedTuple):
    """One field of an opened record in words. ``leaves``: something of it goes into the bundle."""

    label: str
    here: str
    out: str
    why: str
    leaves: bool


class RecordWords(PreviewWords):
    """Puts opened records into words."""

    def record(self, opened: PreviewRecord) -> str:
        """Return what an opened record is: its kind, and how people call it."""
        kind = self._catalogue.code_list("record_kind").label(opened.kind)
        names = (self._name(each) for each in described(type(opened.record)).named(opened.record))
        return " ".join((kind, *filter(None, names)))

    def fields(self, opened: PreviewRecord) -> tuple[FieldWords, ...]:
        """Return each field of it: what stands here, what leaves of it, and why."""
        return tuple(self._field(opened, each) for each in opened.fields)

    def _field(self, opened: PreviewRecord, each: PreviewField) -> FieldWords:
        part = each.part
        label = each.label or field_label(self._catalogue, opened.record, part.step.name, self._speech)
        here = self._speech.say("fields.hidden") if each.hidden else self._shown(part.value, part.step.codes)
        why = reason(each.why, opened.since, self._speech)
        return FieldWords(label, here, self._out(opened, part), why, part.leaves)

    def _out(self, opened: PreviewRecord, part: Part) -> str:
        if part.coarsened:
            return self._coarse(PreviewValue(part, getattr(opened.record, "city", "")))
        if not part.leaves:
            return self._speech.say("preview.stays_here")
        hidden = part.step.treatment is Treatment.HMAC
        return self._speech.say("preview.as_pseudonym" if hidden else "preview.as_here")

    def _name(self, name: Name) -> str:
        if isinstance(name, Coded):
            if name.codes == SERVICE:
                return self._catalogue.service_name(name.code)
            return self._catalogue.label(name.codes, name.code)
        return self._shown(name)
