"""The screens of safety: thin, they translate HTTP."""
