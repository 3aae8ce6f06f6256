"""What the pages of the board read; no function here writes."""
