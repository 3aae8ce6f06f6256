"""The kinds of measures, one folder each."""
