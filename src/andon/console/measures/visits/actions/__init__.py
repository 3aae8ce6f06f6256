"""Looks, kept: one file per verb."""
