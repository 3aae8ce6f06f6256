"""One file per signal: what it looks for, why it counts, when it misleads."""
