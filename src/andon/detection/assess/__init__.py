"""The few that pass: score, level, kinds, reasons with spans, contacts, missing items."""
