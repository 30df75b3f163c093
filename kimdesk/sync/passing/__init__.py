"""Cases that pass from desk to desk: handed over for good, or covered for a while."""
