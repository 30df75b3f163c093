"""What a case manager does: one function, one transaction, frozen values in and out."""
