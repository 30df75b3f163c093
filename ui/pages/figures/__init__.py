"""Figures of the Kreis: what the cases of all desks come to."""
