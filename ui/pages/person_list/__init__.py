"""Liste einlesen: an existing Excel or CSV list of persons becomes cases, in steps that can be undone."""
