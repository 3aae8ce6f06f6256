"""The officer's consent, welfare checks and the call for help."""
