"""Commands of Django that the desk does its own way."""
