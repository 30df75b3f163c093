"""The desks of a Kreis and the keys on both sides."""
