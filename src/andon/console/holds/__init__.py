"""Flags that stop warnings and removals."""
