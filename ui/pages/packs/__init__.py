"""Catalogue packs at a desk: looked at, taken, taken back."""
