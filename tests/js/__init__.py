"""A reader of the file format in another language, written from docs/bundle-format.md alone."""
