"""One whole day in a real window, by keyboard alone."""
