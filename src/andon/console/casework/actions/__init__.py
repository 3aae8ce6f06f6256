"""What people do with cases: one file per verb."""
