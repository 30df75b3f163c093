"""Where something is shown: a page, and a place in it."""

from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, urlencode

from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import RecordRef

_ONE_BY_ONE = {"referral", "attachment", "measure", "goal", "follow_up", "person", "contact", "finding"}
"""The kinds of which one record is shown or opened; of the others their tab is shown."""


NEW_CASE = "new"
"""The key of the page of cases where a new one is begun."""


SLIP = "slip"
"""The key of the page of referrals where the code of a slip is read in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its key, and what to show there.

    On the page of a case: ``case_id``, the ``tab``, where a phase stands for its form, and by ``kind`` and
    ``key`` the record that is shown or opened there, a new one without a ``key``. Other pages show what
    ``key`` names: a topic, a desk, a view. ``field`` is the path of the field that gets the keyboard.
    """

    page: str
    case_id: str = ""
    tab: str = ""
    kind: str = ""
    key: str = ""
    field: str = ""

    @property
    def text(self) -> str:
        """Return the place in one line: ``case?case_id=…&kind=goal&key=…``."""
        found = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "page"}
        query = urlencode({name: value for name, value in found.items() if value})
        return f"{self.page}?{query}" if query else self.page

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Return the place that ``text`` names. Raises TypeError for a member that a place does not have."""
        page, _, query = text.partition("?")
        return cls(page, **dict(parse_qsl(query)))


def place_of(case_id: str, ref: RecordRef) -> Place:
    """Return where a record of a case is shown, or a phase."""
    if ref.kind == "phase":
        return Place("case", case_id, ref.id)
    if ref.kind == "perspective":  # what residence law opens for a person: no record of its own
        return Place("case", case_id, "perspective", ref.kind, ref.id)
    if ref.kind == "passage":  # whose the case is stands above every tab
        return Place("case", case_id)
    if ref.kind in _ONE_BY_ONE:
        return Place("case", case_id, kind=ref.kind, key=ref.id)
    return Place("case", case_id, KINDS[ref.kind].place)
