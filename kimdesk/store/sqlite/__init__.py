"""What only SQLite has: the text index, the number of the schema, its codes of failure."""
