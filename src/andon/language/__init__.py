"""What disguise does to Japanese text: normal form with a map back to the original; yen; contacts."""
