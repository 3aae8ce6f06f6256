"""The verbs of the contact log, one file each."""
