"""Paper: what every printed document needs. One Japanese typeface, what it can draw and how wide, and lines of a given width."""
