"""Conversations in order, each with its messages, gaps and search, in one file that is read from any place."""
