"""What is done to the tables, one file per verb."""
