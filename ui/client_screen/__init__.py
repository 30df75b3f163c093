"""The screen that is shown to a client: only this person, large, in plain words and their language."""
