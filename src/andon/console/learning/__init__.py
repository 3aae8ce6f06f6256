"""From decisions to a better model."""
