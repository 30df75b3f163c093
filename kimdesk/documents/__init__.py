"""Documents on paper: PDFs made in memory; reportlab is imported on first use."""

from kimdesk.documents.recovery_sheet import recovery_sheet, split_sheet

__all__ = ["recovery_sheet", "split_sheet"]
