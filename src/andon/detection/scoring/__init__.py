"""The score that screening and assessment share: lexicon, model, compiled kernels."""
