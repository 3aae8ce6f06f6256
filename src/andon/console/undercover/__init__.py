"""Fictitious-identity investigations, inside their rules."""
