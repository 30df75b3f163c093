"""The plan: the next sensible step, goals, the integration chain, what the phase still needs."""
