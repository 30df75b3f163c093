"""Scans and photos of strangers: rebuilt from what is known, drawn, and told about. Bytes in, bytes out.

Everything but ``looking`` runs in the caged helper and knows neither vault nor desk.
"""
