"""Exports from officers' own devices beside the log of their contacts: what was said, paired with what was written down."""
