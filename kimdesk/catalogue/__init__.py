"""Services, checklists and code lists, read from resources and dated."""
