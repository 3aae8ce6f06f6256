"""Evidence on the desk: exhibits, the conversations in them, and what they have in common with posts."""
