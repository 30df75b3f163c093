"""Figures as data: what an indicator counts stands in ``resources/indicators``, one meaning everywhere."""
