"""Verbs of captures."""
