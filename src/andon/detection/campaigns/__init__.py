"""Posts that belong together: near-identical wording and shared contacts, each tie with its reason."""
