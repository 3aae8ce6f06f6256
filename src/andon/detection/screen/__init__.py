"""Every post: columns in, scores out."""
