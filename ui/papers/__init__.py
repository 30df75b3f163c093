"""Papers on the screen: looked at, printed, saved, handed out, kept in the case."""
