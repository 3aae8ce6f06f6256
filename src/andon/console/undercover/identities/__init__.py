"""The register of fictitious identities and their documents, as received."""
