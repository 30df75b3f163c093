"""Who trusts whom: a desk and its Kreis, the keys of both, the cards of colleagues."""
