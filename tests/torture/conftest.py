"""What the torture tests share with the tests of the exchange."""

from tests.sync.exchange import exchange_template

__all__ = ["exchange_template"]
