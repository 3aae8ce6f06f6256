"""Nouns as frozen dataclasses and enums, and the errors; standard library only."""
