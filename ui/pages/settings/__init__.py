"""Einstellungen: look, locking, passphrase, the desk and its vault."""
