"""Pages and acts of removal requests."""
