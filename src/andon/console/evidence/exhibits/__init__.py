"""What was seized and taken in: copies under custody, by case."""
