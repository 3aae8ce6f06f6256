"""Verbs of this app: a reading was looked through, wordings were compared with posts that came since."""
