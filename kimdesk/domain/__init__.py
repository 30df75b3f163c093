"""The words and rules of case management: values and pure functions, standard library only."""
