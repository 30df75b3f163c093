"""Services, checklists, code lists and messages, read from resources and dated."""
