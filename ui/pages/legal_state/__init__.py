"""The page Rechtsstand: what each content says of the law it was read in, and what has to be looked at."""
