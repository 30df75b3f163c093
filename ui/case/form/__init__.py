"""The form of a phase: filling it in, keeping drafts, completing the phase."""
