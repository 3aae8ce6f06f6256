"""One file per source of posts: recognised by content, its values made into posts."""
