"""All rules of the screening over one case, and over the cases of a desk; against reading the case."""

from collections.abc import Iterator
from pathlib import Path

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.dates import today
from kimdesk.domain.screening.of_case import screen_case
from kimdesk.practice.fill import fill
from kimdesk.vault import Strength
from tests.bench.figures import Figure, median
from tests.conftest import PASSPHRASE

CASES = 900


def figures(home: Path) -> Iterator[Figure]:
    """Yield what the rules cost in a practice town of 900 cases."""
    desk, _ = Desk.create(
        home / "desk", PASSPHRASE, name="Übungsgemeinde", user="M. Kessler", municipalities=("05999001",),
        practice=True, strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with desk:
        fill(desk, CASES)
        rows = cases.list_page(desk, CaseQuery(status=""), limit=CASES).rows
        files = [cases.peek(desk, row.id) for row in rows]
        law, day = desk.catalogue.rules.screening, today()
        largest = max(files, key=lambda file: len(file.persons))
        read = median(lambda: cases.peek(desk, largest.case.id))
        one = median(lambda: screen_case(largest, law, day))
        people = len(largest.persons)
        yield Figure(f"screening of one case, {people} people", "reading the case", read, one, "≤ 5 ms")
        every = median(lambda: [screen_case(file, law, day) for file in files], runs=3) / len(files)
        yield Figure(f"screening, mean of {len(files)} cases", "reading a case", read, every, "≤ 5 ms")
        dues = median(lambda: [due_in(file, desk.rules, day) for file in files], runs=3) / len(files)
        yield Figure(f"all that is due, mean of {len(files)} cases", "reading a case", read, dues, "≤ 5 ms")
