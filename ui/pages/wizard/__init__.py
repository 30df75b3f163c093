"""The first steps: what for, who and where, passphrase, recovery sheet, and the sheet typed back."""
