"""Looking at one post in its place and saying what was found: one file per kind of place. Knows no database."""
