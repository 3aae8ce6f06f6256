"""What the inspector's desk writes: draws and editions. Nothing in a case."""
