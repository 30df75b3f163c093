"""Tables of counts in which nobody can be found: what is hidden, and the proof that it is enough."""
