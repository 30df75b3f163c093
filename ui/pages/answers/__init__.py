"""The findings of all desks at the Kreis, and what it answers."""
