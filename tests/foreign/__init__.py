"""Files of strangers by the thousand: valid ones of our own making, changed by byte, by part and by size."""
