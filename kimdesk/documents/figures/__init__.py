"""A report of figures as a file: PDF with charts, Excel, CSV and JSON, all of what the report holds."""
