"""The page Klärung: two versions of one case, field by field."""
