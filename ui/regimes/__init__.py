"""Legal regimes of a household: the painted timeline, gaps, and the same as a list."""
