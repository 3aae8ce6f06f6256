"""One file per verb that writes."""
