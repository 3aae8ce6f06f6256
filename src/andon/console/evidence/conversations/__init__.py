"""Conversations read in exhibits: reader, notes, comparisons, transcripts."""
