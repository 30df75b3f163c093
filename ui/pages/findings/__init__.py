"""Structural findings: listed for the desk."""
