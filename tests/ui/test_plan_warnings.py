"""What the plan should not hide about papers: in the words of the rule, each once."""

from datetime import date

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Case, CaseFile, Member, Person, ResidenceSpell
from ui.plan.warnings import warnings

DAY = date(2026, 11, 24)
AMNA = Person(id="amna", rev=1, given_names="Amna")


def titles(**spell: date | None) -> list[str]:
    paper = ResidenceSpell(id="paper", case_id="case", person_id="amna", status="permit", **spell)  # type: ignore[arg-type]
    file = CaseFile(
        case=Case(id="case", opened_on=DAY),
        persons=(AMNA,),
        members=(Member(case_id="case", person_id="amna"),),
        residence=(paper,),
    )
    return [each.title for each in warnings(SHIPPED, file, DAY) if each.place.tab == "regimes"]


@pytest.mark.parametrize(
    ("until", "applied", "certificate", "said"),
    [
        (date(2026, 11, 10), None, None, ["Abgelaufen seit 14 Tagen, kein Antrag eingetragen"]),
        (date(2026, 11, 10), date(2026, 11, 2), None, ["Fiktionsbescheinigung fehlt seit 14 Tagen"]),
        (date(2026, 11, 10), date(2026, 11, 20), None, ["Zu spät beantragt"]),
        (date(2026, 11, 10), date(2026, 11, 2), date(2026, 11, 12), []),
        (date(2026, 11, 24), None, None, ["Titel endet am 24.11.2026"]),
        (date(2027, 11, 24), None, None, []),
    ],
)
def test_a_paper_that_ends_is_said_once(
    until: date, applied: date | None, certificate: date | None, said: list[str]
) -> None:
    found = titles(valid_until=until, applied_on=applied, certificate_on=certificate)
    assert [each.replace("\u00a0", " ") for each in found] == said
