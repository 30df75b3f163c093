"""The perspective of a case: what residence law may open for each person, along time and as a list."""
