"""Netzwerk: where cases of the Kreis go along, and where they wait."""
