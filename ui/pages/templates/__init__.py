"""Vorlagen: free letters that a desk words itself."""
