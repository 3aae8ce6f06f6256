"""What people do with holds: one file per verb."""
