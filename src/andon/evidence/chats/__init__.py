"""Conversations from exhibits: one reader per export format, recognised by content; gaps; several phones' views of one group merged."""
