"""The perspective of a case: what each of its people comes near, by the records. Nothing of it is stored."""

from collections.abc import Mapping
from datetime import date

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import CaseFile
from kimdesk.domain.screening.of_case import screen_case
from kimdesk.domain.screening.result import Screening


def perspective(desk: Desk, case_id: str, today: date | None = None) -> Mapping[str, Screening]:
    """Return by the id of each person of a case what is screened today.

    Raises CaseworkError E853 when there is no such case.
    """
    return of_file(desk.catalogue, cases.load(desk, case_id), today or calendar_day())


def of_file(catalogue: Catalogue, file: CaseFile, today: date) -> Mapping[str, Screening]:
    """Return by the id of each person of ``file`` what is screened on ``today``."""
    return screen_case(file, catalogue.rules.screening, today)
