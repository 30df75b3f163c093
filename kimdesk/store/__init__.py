"""The records on an open vault: tables, short transactions, search, change tracking, audit trail."""
