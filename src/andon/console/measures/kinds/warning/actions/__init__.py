"""One file per group of verbs that write."""
