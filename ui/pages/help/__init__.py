"""Hilfe: short texts, which are data in ``resources/help``."""
