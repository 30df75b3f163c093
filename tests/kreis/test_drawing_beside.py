"""While a report is drawn, others go on writing, and it shows what was there when it was begun."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import QueuePool

from kimdesk.casework.desk import Desk
from kimdesk.indicators.values import Period
from kimdesk.kreis.steering.report import draw
from kimdesk.kreis.steering.report_values import FigureStatus, SteeringReport, table_of
from kimdesk.kreis.steering.templates import template
from tests.kreis.counted_kreis import ESCHENRIED, FIRST, LAST, TODAY, CountedKreis, CountedTemplate, fill
from tests.postgresql import Server
from tests.sync.exchange import make_desk


@pytest.fixture
def kreis(tmp_path: Path, counted_kreis_template: CountedTemplate) -> Iterator[CountedKreis]:
    """A Kreis with known numbers in its vault."""
    with counted_kreis_template.copied(tmp_path / "kreis") as found:
        yield found


@pytest.fixture
def on_server(tmp_path: Path, postgresql: Server) -> Iterator[CountedKreis]:
    """The same with its registry on a server."""
    with make_desk(tmp_path / "kreis", "Kreis", "kreis") as desk, postgresql.database("drawn") as engine:
        desk.server = engine
        kreis = CountedKreis(desk)
        fill(kreis)
        yield kreis


class _Beside:
    """Somebody who puts one more case there, once, as soon as it is possible."""

    def __init__(self, kreis: CountedKreis) -> None:
        self.kreis, self.put = kreis, 0

    def __call__(self) -> None:
        if not self.put and _is_free(self.kreis.desk):
            self.put = len(self.kreis.cases(1, ESCHENRIED, FIRST))


def _is_free(desk: Desk) -> bool:
    """Return whether the one connection of the vault is free; on a server there are always others."""
    pool = desk.vault.engine.pool
    return desk.server is not None or (isinstance(pool, QueuePool) and pool.checkedout() == 0)


def _drawn(kreis: CountedKreis, beside: _Beside) -> SteeringReport:
    kind = template(kreis.desk.catalogue, "gemeinde", TODAY)
    return draw(kreis.desk, kind, Period(FIRST, LAST), ESCHENRIED, today=TODAY, check=beside)


def _active(report: SteeringReport) -> int | None:
    table = table_of(report, "active_cases")
    assert table is not None
    assert table.total.now.status is FigureStatus.SHOWN
    return table.total.now.value


def test_in_a_vault_others_write_while_it_is_protected(kreis: CountedKreis) -> None:
    beside = _Beside(kreis)
    assert _active(_drawn(kreis, beside)) == 22
    assert beside.put == 1


def test_on_a_server_others_write_from_its_beginning(on_server: CountedKreis) -> None:
    beside = _Beside(on_server)
    assert _active(_drawn(on_server, beside)) == 22
    assert beside.put == 1
