"""The tab of contacts: noting a talk while it runs, conferences, and all that happened on one line."""
