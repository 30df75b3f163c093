"""What the tests of the Kreis share."""

from tests.practice.practice_kreis import practice_kreis, practice_kreis_template
from tests.sync.exchange import exchange, exchange_template

__all__ = ["exchange", "exchange_template", "practice_kreis", "practice_kreis_template"]
