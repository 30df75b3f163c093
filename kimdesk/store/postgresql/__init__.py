"""What only PostgreSQL has: its codes of failure."""
