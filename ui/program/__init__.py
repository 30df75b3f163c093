"""What lives as long as the program: background, preferences, clipboard."""
