"""What leaves for the Kreis, is made coarser, or stays, in words: values, how many, and why."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import ChecklistEntry, LanguageSkill
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.allow_list import Treatment
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.preview import PreviewCase, PreviewLine, PreviewValue, Title
from kimdesk.texts import dates
from kimdesk.texts.bidi import apart
from kimdesk.texts.speech import GERMAN, Speech

_LONGEST: Final = 60
_MOST: Final = 6
_HOUR: Final = 60


def case(shown: PreviewLine | PreviewCase, speech: Speech = GERMAN) -> str:
    """Return whose line it is: the name, the file number while there is none, or all cases."""
    if not shown.case_id:
        return speech.say("preview.all_cases")
    return shown.case_name or speech.say("preview.anonymous", number=shown.file_number).strip()


def basis(line: PreviewLine, speech: Speech = GERMAN) -> str:
    """Return why it leaves or stays."""
    code, since, erasure = line.basis
    return speech.say(f"preview.erased_{code}") if erasure else reason(code, since, speech)


def reason(code: str, since: date | None, speech: Speech = GERMAN) -> str:
    """Return why something leaves or stays, by a reason of the policy and the day it speaks of."""
    undated = f"preview.reason_{code}_undated"
    if since is None and speech.has(undated):
        return speech.say(undated)
    return speech.say(f"preview.reason_{code}", day=since or "")


class PreviewWords:
    """Puts the lines of a preview into words, codes as ``catalogue`` names them."""

    def __init__(self, catalogue: Catalogue, speech: Speech = GERMAN) -> None:
        self._catalogue, self._speech = catalogue, speech

    def label(self, line: PreviewLine) -> str:
        """Return what the line is about: „Anschrift“, „Verweis Jobcenter“."""
        label = self._speech.say(f"preview.group_{line.group}")
        return f"{label} {self._title(line.title)}".strip() if line.title else label

    def what(self, line: PreviewLine) -> str:
        """Return its values, the first few of many, or how many there are."""
        show = policy().group[line.group]
        if line.group == "figures":
            cells, hidden = line.cells
            return self._speech.say("preview.figures", cells=cells, hidden=hidden)
        if show == "records":
            return self._speech.say("preview.records", n=sum(number for _, number in line.records))
        if show == "count" or not line.values:
            kinds = self._catalogue.code_list("record_kind")
            return apart(", ").join(kinds.counted(kind, n) for kind, n in line.records)
        found = list(dict.fromkeys(map(self._value, line.values)))
        return apart(", ").join(found[:_MOST]) + (" …" if len(found) > _MOST else "")

    def plain(self, line: PreviewLine) -> dict[str, Any]:
        """Return the line as JSON-able values."""
        return {
            "case": line.case_id,
            "name": case(line, self._speech),
            "label": self.label(line),
            "what": self.what(line),
            "basis": basis(line, self._speech),
            "count": line.count,
            "fields": dict(line.fields),
        }

    def _title(self, title: Title) -> str:
        return self._shown(title.value, title.codes)

    def _value(self, found: PreviewValue) -> str:
        step = found.part.step
        value = self._shown(found.part.value, step.codes)
        if not found.part.coarsened:
            return value
        if step.treatment is Treatment.HOURS:
            value = self._speech.say("preview.minutes", n=int(value))
        return self._speech.say("preview.coarser", value=value, out=self._coarse(found))

    def _coarse(self, found: PreviewValue) -> str:
        step = found.part.step
        speak = self._COARSE.get(step.treatment)
        return speak(self, found) if speak else self._shown(found.part.out, step.codes)

    def _shown(self, value: Any, codes: str = "") -> str:
        """Return a value for people: dates written out, codes as labels, long texts cut."""
        if isinstance(value, PartialDate):
            return dates.partial(value, self._speech)
        if isinstance(value, date):
            return dates.full(value, self._speech)
        if isinstance(value, bool):
            return self._speech.say("preview.yes" if value else "preview.no")
        if isinstance(value, tuple | list):
            return apart(", ").join(self._shown(each, codes) for each in value)
        return _cut(self._word(value, codes))

    def _word(self, value: Any, codes: str) -> str:
        if isinstance(value, LanguageSkill):
            return code_values.label(self._catalogue, "language", value.language) or value.language
        if isinstance(value, ChecklistEntry):
            return value.item
        text = str(value)
        if codes == "recipient" and text == code_values.KREIS:
            return self._speech.say("preview.kreis")
        return (code_values.label(self._catalogue, codes, text) if codes else None) or text

    def _age_band(self, found: PreviewValue) -> str:
        return self._speech.say(f"preview.age_{found.part.out}")

    def _year(self, found: PreviewValue) -> str:
        return str(found.part.out)

    def _month(self, found: PreviewValue) -> str:
        return dates.partial(PartialDate.parse(found.part.out), self._speech)

    def _count(self, found: PreviewValue) -> str:
        key = "preview.few" if found.part.out is None else "preview.at_least"
        return self._speech.say(key, number=found.part.out)

    def _hours(self, found: PreviewValue) -> str:
        return self._speech.say("preview.hours", n=found.part.out // _HOUR)

    def _continent(self, found: PreviewValue) -> str:
        keys = ((key, f"preview.continent_{key}") for key in found.part.out)
        return apart(", ").join(
            self._speech.say(name) if self._speech.has(name) else self._shown(key, found.part.step.codes)
            for key, name in keys
        )

    def _to_city(self, found: PreviewValue) -> str:
        return found.city or self._speech.say("preview.no_city")

    _COARSE: Final[Mapping[Treatment, Callable[["PreviewWords", PreviewValue], str]]] = {
        Treatment.AGE_BAND: _age_band,
        Treatment.YEAR: _year,
        Treatment.MONTH: _month,
        Treatment.COUNT: _count,
        Treatment.HOURS: _hours,
        Treatment.CONTINENT: _continent,
        Treatment.TO_CITY: _to_city,
    }


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
