"""Looking again whether a post is still there."""
