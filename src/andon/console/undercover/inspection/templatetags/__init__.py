"""Tags of the inspector's pages."""
