"""Reads of this app: lists, one exhibit, its files, its line of time."""
