"""What people do with exhibits: one file per verb."""
