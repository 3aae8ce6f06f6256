"""The typed interface for other programs."""
