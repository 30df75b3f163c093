"""What the tests of the Kreis share."""

from tests.sync.exchange import exchange, exchange_template

__all__ = ["exchange", "exchange_template"]
