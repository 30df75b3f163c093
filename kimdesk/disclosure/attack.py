"""The attack as whoever hides must think of it: how far each cell can move from its true number."""

from typing import Final

FAR: Final = 1_000_000.0
"""Farther than any guard asks for."""
