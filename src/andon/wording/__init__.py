"""Codes to sentences, Japanese and English; below the screens everything speaks codes."""
