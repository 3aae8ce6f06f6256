"""Originals opened read-only, the store of exhibits with its custody log, and packages for hand-over."""
