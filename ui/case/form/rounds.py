"""At the fields of a later round of the assessment: what was said before, and in which direction it went."""

from collections.abc import Mapping, Sequence
from typing import Any

from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.forms.definition import Field, FieldType, Section
from kimdesk.texts import dates, say
from ui.forms.boxes import TickBox
from ui.forms.display import shown
from ui.forms.panel import FieldsPanel
from ui.forms.session import FormSession
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.theme import theme

_LONG = {FieldType.LONG_TEXT, FieldType.TEXTS, FieldType.TEXT}
_CUT = 90


class RoundMarks:
    """Shows earlier rounds at the fields of the station that is on the screen."""

    def __init__(self, session: FormSession, file: CaseFile, entry: PhaseEntry | None) -> None:
        self._session = session
        self._rounds = earlier_rounds(file, entry)

    def show(self, panels: Sequence[FieldsPanel]) -> None:
        """Bring the marks of ``panels`` in step with what is typed."""
        if not self._rounds:
            return
        for panel in panels:
            section_id, _, key = panel.path.partition(".")
            section = self._session.model.definition.section(section_id)
            if section is not None and key and section.over:
                self._mark(panel, section, key)

    def _mark(self, panel: FieldsPanel, section: Section, key: str) -> None:
        now = self._session.model.entry(panel.path).answers
        then = _domain(self._rounds[-1], section.id, key)
        for field in section.fields:
            box = panel.box_of(field.id)
            if isinstance(box, FieldBox | TickBox):
                scale = field.type is FieldType.SCALE
                words = self._course(section.id, key, field, now) if scale else self._change(field, then, now)
                _place(box, f"then_{field.id}", words, head=scale and not theme().stacked)

    def _course(self, section_id: str, key: str, field: Field, now: Mapping[str, Any]) -> str:
        """Return „30.07.2026: 1 · war 1, jetzt 3“ over all rounds."""
        said = [(one, _domain(one, section_id, key).get(field.id)) for one in self._rounds]
        parts = [f"{dates.full(_day(one))}: {value}" for one, value in said if value is not None]
        before, after = said[-1][1], now.get(field.id)
        if before is not None and after is not None and before != after:
            parts.append(say("case.was_before_now_after", before=before, after=after))
        return " · ".join(parts)

    def _change(self, field: Field, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
        before, after = then.get(field.id), now.get(field.id)
        if before == after or before in (None, "", []):
            return ""
        words = shown(field, before, then, self._session.sources)
        if field.type in _LONG:
            return say("case.before_words", words=_cut(words))
        return say(
            "case.was_before_now_after", before=words, after=shown(field, after, now, self._session.sources)
        )


def earlier_rounds(file: CaseFile, entry: PhaseEntry | None) -> tuple[PhaseEntry, ...]:
    """Return the rounds of the assessment before ``entry``, the oldest first."""
    rounds = (
        one for one in file.phases if one.phase is Phase.ASSESSMENT and entry and one.round < entry.round
    )
    return tuple(sorted(rounds, key=lambda one: one.round))


def _place(box: FieldBox | TickBox, name: str, words: str, *, head: bool) -> None:
    mark = box.findChild(Text, name)
    if mark is None and words:
        mark = Text("", "meta", "text-2", wrap=not head)
        mark.setObjectName(name)
        (box.add_action if head else box.add_below)(mark)
    if mark is not None:
        mark.setText(words)
        mark.setVisible(bool(words))


def _domain(entry: PhaseEntry, section_id: str, key: str) -> Mapping[str, Any]:
    found = (entry.answers.get(section_id) or {}).get(key)
    return found if isinstance(found, Mapping) else {}


def _day(entry: PhaseEntry) -> Any:
    return entry.finished_on or entry.started_on


def _cut(words: str) -> str:
    return words if len(words) <= _CUT else f"{words[:_CUT].rstrip()} …"
