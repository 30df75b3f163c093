"""Übergabe: what would leave, what stays, the chain of packages, and the one button that writes."""
