"""Workbooks of strangers as plain lines, whatever they were saved as."""
