"""The interpreter ledger: who was asked for, who came, per language and period."""
