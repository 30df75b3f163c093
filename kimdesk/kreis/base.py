"""What every table of the registry stands in."""

from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData

metadata: Final = MetaData()
SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")
"""The type of a number that the database gives."""
