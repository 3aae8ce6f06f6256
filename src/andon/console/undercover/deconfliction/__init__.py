"""Two units that follow the same person learn whom to call, and no more."""
