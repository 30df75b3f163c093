"""What is due in a case: the dates that follow from its records, and the next step among them."""
