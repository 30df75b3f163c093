"""Pictures as plain values, for windows and paper: the integration chain, life domains, stretches of days."""
