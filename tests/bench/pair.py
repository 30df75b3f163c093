"""A desk and its Kreis that know each other, and a desk's cases as documents."""

import json
from pathlib import Path

from kimdesk.casework import cases, exchange
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.kreis.enrolled.enrolling import enrol
from kimdesk.sync.trust import joining
from kimdesk.vault import Strength
from tests.bench.opening import PASSPHRASE


def make_pair(home: Path, municipalities: tuple[str, ...]) -> None:
    """Make a desk for ``municipalities`` and its Kreis in ``home``, and the folders of their exchange."""
    for name in ("stick", "receipts"):
        (home / name).mkdir(parents=True)
    desk, _ = Desk.create(
        home / "desk",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=municipalities,
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    office, _ = Desk.create(
        home / "kreis", PASSPHRASE, name="Kreis", user="", role="kreis", strength=Strength.INTERACTIVE
    )
    with desk, office:
        joining.request(desk, home / "request.kimq")
        made = enrol(office, (home / "request.kimq").read_bytes())
        joining.accept(desk, made.certificate, fingerprint=made.kreis_fingerprint)


def write_documents(desk: Desk, path: Path) -> None:
    """Write every case as a line of JSON."""
    with path.open("w", encoding="utf-8") as file:
        after = None
        while True:
            page = cases.list_page(desk, CaseQuery(status=""), after, 200)
            for row in page.rows:
                file.write(json.dumps(exchange.document(cases.peek(desk, row.id)), ensure_ascii=False) + "\n")
            after = page.next
            if after is None:
                break
