"""What the pages and the board read."""
