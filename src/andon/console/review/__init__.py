"""The queue and the decisions."""
