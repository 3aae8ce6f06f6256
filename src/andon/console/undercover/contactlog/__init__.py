"""The log of every contact, its stages and its outcome."""
