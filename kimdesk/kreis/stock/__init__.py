"""The Kreis's layer of the catalogue: drafted, published, as packs."""
