"""The readers: a new export format is one more file here."""
