"""The whole tab in German, from a case and what was screened in it. No widgets."""

from collections.abc import Mapping, Sequence
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.achieved import is_proven, of_person
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.screening.result import Screening
from kimdesk.texts import achievements, say
from kimdesk.texts.bidi import apart
from ui.perspective.achieved import AchievedView
from ui.perspective.model import FirstEntry, PerspectiveView
from ui.perspective.words import ScreenedHousehold
from ui.regimes.lines import people

_NAMED = 4
"""How many achievements are named; the others are counted."""


def view(
    catalogue: Catalogue,
    file: CaseFile,
    today: date,
    screened: Mapping[str, Screening],
    news: Sequence[str] = (),
) -> PerspectiveView:
    """Return what the tab shows of ``file``, of whose people ``screened`` tells by their ids."""
    found = people(file)
    household = ScreenedHousehold(catalogue, file, today, found, screened)
    groups = household.groups()
    return PerspectiveView(
        groups=groups,
        opened=household.opened(),
        steps=household.steps(),
        achieved=tuple(_achieved(catalogue, file, one) for one in found),
        beginning=_beginning(file, found),
        checked=household.checked() if groups else "",
        left_out=household.left_out() if _residence_known(file) else "",
        news=tuple(news),
        state=household.state(),
    )


def _residence_known(file: CaseFile) -> bool:
    return any(not one.expected for one in file.residence)


def _beginning(file: CaseFile, found: Sequence[Person]) -> FirstEntry | None:
    if not found:
        return FirstEntry(say("perspective.begin_people"), say("perspective.begin_people_button"), "member")
    if not _residence_known(file):
        first = found[0].id
        sentence, button = say("perspective.begin_residence"), say("perspective.begin_residence_button")
        return FirstEntry(sentence, button, "spells", first)
    return None


def _achieved(catalogue: Catalogue, file: CaseFile, person: Person) -> AchievedView:
    own = of_person(file, person.id)
    proven = [one for one in own if is_proven(one)]
    names = [
        achievements.headline(catalogue, one) for one in (*proven, *(one for one in own if one not in proven))
    ]
    what = apart(", ").join(names[:_NAMED])
    if len(names) > _NAMED:
        what = say("perspective.and_n_more", what=what, n=len(names) - _NAMED)
    return AchievedView(person.id, full_name(person), len(proven), len(own) - len(proven), what)
