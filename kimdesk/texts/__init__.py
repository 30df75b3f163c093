"""What people read: refusals in words."""
