"""Eingang: what desks have sent, what came of it, and what somebody has to look at."""
