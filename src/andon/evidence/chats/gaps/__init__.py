"""One file per kind of gap: what is missing from a conversation, how surely, and in words that claim no more than the data proves."""
