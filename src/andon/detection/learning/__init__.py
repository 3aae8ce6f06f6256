"""Train, calibrate, evaluate; the corpus read and disguised."""
