"""The people of a case: household cards, and adding someone after looking whether they are known."""
