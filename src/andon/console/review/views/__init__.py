"""The screens of review: thin, they translate HTTP."""
