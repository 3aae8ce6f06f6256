"""Plans of fictitious-identity investigations and the authority to carry them out."""
