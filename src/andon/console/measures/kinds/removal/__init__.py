"""Removal requests."""
