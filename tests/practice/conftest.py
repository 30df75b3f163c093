"""The practice Kreis is the same for all tests of it."""

from tests.practice.practice_kreis import practice_kreis, practice_kreis_template

__all__ = ["practice_kreis", "practice_kreis_template"]
