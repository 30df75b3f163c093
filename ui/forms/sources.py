"""Where the choices of a field come from: code lists, the catalogue, or the case's own records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import Field
from kimdesk.texts import say
from ui.kit.cards import CardItem

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the code that is stored, what people read, and other words by which it is found.

    Choices of one ``group`` stand together under its name.
    """

    code: str
    label: str
    note: str = ""
    also: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """An answer that was worked out: as it is stored, and what people read."""

    value: str
    label: str


class Sources(Protocol):
    """What a form needs to know of the case it belongs to."""

    def options(self, field: Field, entry: Mapping[str, Any]) -> tuple[Option, ...]:
        """Return the choices of ``field``, given the other answers of its entry."""
        ...

    def cards(self, record: str) -> Sequence[CardItem]:
        """Return the case's typed records of the kind ``record`` ("goal") as small cards."""
        ...

    def proposal(self, field: Field, entry: Mapping[str, Any]) -> FieldProposal | None:
        """Return what the other answers of the entry propose for ``field``, None when they do not suffice."""
        ...


def service_options(catalogue: "Catalogue") -> tuple[Option, ...]:
    """Return the services in force by areas of life, each found by everyday words („Kindergarten“)."""
    areas, groups = catalogue.code_list("life_domain"), dict[str, list[Option]]()
    for one in catalogue.services():
        area = areas.label(one.life_domain) if one.life_domain else say("forms.other_services")
        option = Option(one.code, one.name, one.offer, (one.offer, *one.also), area)
        groups.setdefault(area, []).append(option)
    return tuple(option for group in groups.values() for option in group)


def code_options(codes: CodeList, chosen: object = None) -> tuple[Option, ...]:
    """Return the offered ``codes``, and the ``chosen`` ones (one or a list) even if retired."""
    kept = {str(one) for one in (chosen if isinstance(chosen, list) else [chosen])}
    offered = codes.offered()
    shown = [one for one in codes.codes if one in offered or one.code in kept]
    return tuple(Option(one.code, one.label, one.note, one.also) for one in shown)
