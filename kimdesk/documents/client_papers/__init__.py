"""Papers the client takes home: goals, plan, assessment, consent, information, checklist."""
