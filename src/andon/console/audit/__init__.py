"""The trail that is only added to."""
