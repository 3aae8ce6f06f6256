"""A frozen packet as the documents that people and programs read: nothing here asks the database."""
