"""Rates with denominators and intervals."""
