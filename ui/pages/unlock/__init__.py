"""The locked vault: passphrase, recovery sheet, another vault."""
