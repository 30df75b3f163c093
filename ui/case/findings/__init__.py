"""Structural findings: begun from any place of a case, checked for names."""
