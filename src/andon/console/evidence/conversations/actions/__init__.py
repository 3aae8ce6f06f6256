"""Verbs of conversations, one file each."""
