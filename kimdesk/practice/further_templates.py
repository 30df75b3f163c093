"""Tables of ``resources/practice/`` for what stands within and beside the plan."""

import msgspec

from kimdesk.practice.templates import Table


class StepTemplate(Table, frozen=True):
    """The small steps of a measure, and whose measure it is."""

    steps: tuple[tuple[str, str], ...]
    whose: str = msgspec.field(name="for", default="")


class ObjectionTemplate(Table, frozen=True):
    """A letter that can be objected to; days count back from the day of the town, 0 for not done."""

    posted: int
    agency: str
    subject: str
    done: int = 0


class DisputeTemplate(Table, frozen=True):
    """What somebody says against an entry about them."""

    field: str
    statement: str


class KeptTemplate(Table, frozen=True):
    """A deadline of the first talk that was kept."""

    title: str
    reason: str


class Further(Table, frozen=True):
    """What stands beside the plan of some cases."""

    objection: dict[str, ObjectionTemplate]
    first_talk: KeptTemplate
    dispute: tuple[DisputeTemplate, ...]
