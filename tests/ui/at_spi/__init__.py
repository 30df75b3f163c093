"""The program in a real window, and what a screen reader is told of it."""
