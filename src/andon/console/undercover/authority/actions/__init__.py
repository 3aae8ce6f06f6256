"""What people do with plans: the verbs of the state table, and the errors register."""
