"""Pictures of every page, taken from the real program on a practice town."""
