"""What all measures share: providers, what goes out, limits, notices."""
