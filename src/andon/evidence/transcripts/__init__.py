"""Transcripts to print: every line is footnoted to exhibit, file and place."""
