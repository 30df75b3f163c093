"""Case documents of other programs, taken in through the window."""
