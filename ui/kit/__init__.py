"""The widgets KIMdesk is made of, one kind per file. They take their look from ``ui.theme``."""
