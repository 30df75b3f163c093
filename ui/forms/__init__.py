"""Forms on the screen: what is asked, filled in, checked and kept as drafts; dialogs of typed records."""
