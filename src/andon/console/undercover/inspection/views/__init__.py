"""The inspector's desk on a screen."""
