"""Measures: a decision becomes an act of a named person, followed to its end."""
