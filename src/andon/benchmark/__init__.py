"""Posts per second beside baselines and the floor."""
