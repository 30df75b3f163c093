"""Protokoll: who did what when, and whether anybody has tampered with what stands there."""
