"""Zugänge: who can open the vault, recovery sheets, what is deposited at the Kreis, a new key."""
