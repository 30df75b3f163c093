"""The findings of all desks at the Kreis: a board, bundles, and what the Kreis answers."""
