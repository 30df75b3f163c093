"""Fälle: the list of cases, its filters, and the way to a new case."""
