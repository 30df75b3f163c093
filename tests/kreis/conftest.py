"""What the tests of the Kreis share."""

from tests.kreis.counted_kreis import counted_kreis_template
from tests.practice.practice_kreis import practice_kreis, practice_kreis_template
from tests.sync.exchange import exchange, exchange_template

__all__ = [
    "counted_kreis_template",
    "exchange",
    "exchange_template",
    "practice_kreis",
    "practice_kreis_template",
]
