"""The scans and photos of a case: adding, looking at them, handing a copy out."""
