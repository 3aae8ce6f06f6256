"""What writes: one file for each kind of verb."""
