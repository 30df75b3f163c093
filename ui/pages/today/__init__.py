"""Heute: what is due, overdue, expiring and unanswered, and the next sensible step of each case."""
