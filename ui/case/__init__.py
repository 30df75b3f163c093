"""The case: its plan, its phases and everything recorded about it, on one page with tabs."""
