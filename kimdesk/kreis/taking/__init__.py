"""Taking bundles in: ledger, cage, door, registry, receipt, and what waits for a person."""
