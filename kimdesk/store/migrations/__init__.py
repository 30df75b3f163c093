"""The schema of a vault, step by step; each step works up and down."""
