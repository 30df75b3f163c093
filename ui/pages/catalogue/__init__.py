"""The Kreis edits its layer of the catalogue: list, editor, live preview, and publishing."""
