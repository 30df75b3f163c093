"""What the tests of the exchange share."""

from tests.sync.colleagues_kit import between, colleagues_template
from tests.sync.exchange import exchange, exchange_template

__all__ = ["between", "colleagues_template", "exchange", "exchange_template"]
