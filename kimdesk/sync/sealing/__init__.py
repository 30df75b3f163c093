"""The file format: what every file of ours looks like, from the outside to the last frame, and its keys."""
