"""Sealed, signed bundles from desks to the Kreis, signed receipts back, and who trusts whom."""
