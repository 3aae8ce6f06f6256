"""Posts as they were seen, kept as evidence."""
