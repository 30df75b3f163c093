"""Lists of strangers as plain lines, whatever they were saved as. Bytes in, lines out: no vault, no desk."""
