"""What each desk works with and has sent, beside how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.terms import CaseStatus
from kimdesk.kreis.findings import packs_in
from kimdesk.kreis.registry import RECORDS, figures, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.stock.publishing import published


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """``pack``: the edition of the catalogue a desk said it works with, 0 for what is shipped; ``newest``:
    the edition that counts, 0 for none; ``here``, ``reported``: active cases. None while nothing came.
    """

    pack: int | None = None
    newest: int = 0
    here: int | None = None
    reported: int | None = None

    @property
    def behind(self) -> bool:
        """Return whether the desk works with an older edition than the one that counts."""
        return self.pack is not None and self.pack < self.newest

    @property
    def differ(self) -> bool:
        """Return whether the desk says another number of active cases than lies here."""
        return self.reported is not None and self.reported != self.here


def desk_facts(desk: Desk, today: date | None = None) -> Mapping[str, DeskFacts]:
    """Return the facts of every desk that has sent something, by its id; others have ``DeskFacts()``."""
    day = today or dates.today()
    newest = max((each.version for each in published(desk) if each.valid_from <= day), default=0)
    case = RECORDS["case"].c
    held = select(case.desk_id, func.count()).where(case.status == CaseStatus.ACTIVE).group_by(case.desk_id)
    said = select(figures.c.desk_id, figures.c.held_active).order_by(figures.c.at)
    with transaction(open_registry(desk)) as connection:
        packs = packs_in(connection)
        here = {row[0]: row[1] for row in connection.execute(held)}
        reported = {row[0]: row[1] for row in connection.execute(said)}
    return {
        each: DeskFacts(pack, newest, here.get(each, 0), reported.get(each)) for each, pack in packs.items()
    }
