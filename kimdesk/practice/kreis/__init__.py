"""The practice Kreis: sixteen desks that have handed over for eighteen months, all invented."""
