"""What leaves a desk: decided field by field, shown first, then written into a bundle."""
