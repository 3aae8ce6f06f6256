"""Reading cases, always by way of `visible`."""
