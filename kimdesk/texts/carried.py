"""What a bundle carried, in words: each record as it left, member by member."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, get_type_hints

from kimdesk.casework.history import answer_label, kind_label
from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, SERVICE, type_of
from kimdesk.forms.answers import entries
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.allow_list import TECHNICAL
from kimdesk.sync.leaving.carried import CarriedRecord
from kimdesk.sync.leaving.export import FIGURES
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.statistics import OTHER, codes_of
from kimdesk.texts import dates
from kimdesk.texts.preview import PreviewWords

_NAMED: Final = ("family_name", "given_names", "title", "text", "service", "agency", "file_number")
_DAY: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_DATES: Final = (date, date | None, PartialDate, PartialDate | None)


class CarriedField(NamedTuple):
    """One member of a record that left, in words."""

    label: str
    value: str


class CarriedWords(PreviewWords):
    """Puts records of a bundle into words."""

    def title(self, each: CarriedRecord) -> str:
        """Return what a record is: its kind, how people call it, and that it was to be erased."""
        if each.kind == FIGURES:
            return self._speech.say("preview.group_figures")
        kind = self._catalogue.code_list("record_kind").label(each.kind)
        if each.reason:
            return f"{kind}: {self._speech.say(f'preview.erased_{each.reason}')}"
        return " ".join((kind, *self._names(each)))

    def fields(self, each: CarriedRecord) -> tuple[CarriedField, ...]:
        """Return its members that say something, in their order."""
        if each.kind == FIGURES:
            return tuple(self._figures(each.row))
        rule, found = policy().record[each.kind].field, list[CarriedField]()
        for name, value in each.row.items():
            known = rule.get(name)
            if name == "answers":
                found += self._answers(each.row)
            elif known is None or known.group != TECHNICAL:
                codes = known.codes if known else ""
                said = self._said(each.kind, name, value, codes)
                found.append(CarriedField(self._label(each.kind, name), said))
        return tuple(found)

    def _figures(self, figures: Mapping[str, Mapping[str, int | None]]) -> Iterator[CarriedField]:
        """Yield each number of each figure; of one that is hidden why it is."""
        for name, cells in figures.items():
            codes = codes_of(name)
            for code, number in cells.items():
                known = code_values.label(self._catalogue, codes, code) if codes else None
                what = known or (self._speech.say("preview.figure_other") if code == OTHER else code)
                hidden = self._speech.say("preview.below_five")
                label = f"{self._speech.say(f'preview.figure_{name}')}, {what}"
                yield CarriedField(label, hidden if number is None else str(number))

    def _names(self, each: CarriedRecord) -> Iterator[str]:
        for name in _NAMED:
            if value := each.row.get(name):
                known = self._catalogue.service_name(value) if name == SERVICE else value
                yield self._shown(str(known))
                if name != "family_name":
                    return

    def _label(self, kind: str, name: str) -> str:
        label, known = kind_label(self._catalogue, kind, name), f"preview.field_{name}"
        return self._speech.say(known) if label == name and self._speech.has(known) else label

    def _said(self, kind: str, name: str, value: Any, codes: str) -> str:
        hint = get_type_hints(type_of(kind), vars(records)).get(name) if kind in KINDS else None
        if hint in _DATES and isinstance(value, str) and _DAY.fullmatch(value):
            return dates.partial(PartialDate.parse(value), self._speech)
        if name == "age_band":
            return self._speech.say(f"preview.age_{value}")
        return self._plain(value, codes)

    def _plain(self, value: Any, codes: str) -> str:
        if isinstance(value, list):
            return ", ".join(self._plain(each, codes) for each in value)
        if isinstance(value, Mapping):
            said = {name: each for name, each in value.items() if each not in ("", None, False)}
            named = (self._plain(each, name if name == "language" else "") for name, each in said.items())
            return " ".join(named)
        return self._shown(value, codes)

    def _answers(self, row: Mapping[str, Any]) -> Iterator[CarriedField]:
        try:
            definition = self._catalogue.phase_form(row.get("phase", ""), row.get("version") or None)
        except ContentError:
            return
        for entry in entries(definition, row["answers"], blank=False):
            for asked in entry.section.fields:
                if asked.id in entry.answers:
                    value = self._plain(entry.answers[asked.id], asked.choices)
                    yield CarriedField(answer_label(entry, asked), value)
