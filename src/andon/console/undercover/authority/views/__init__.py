"""The screens of plans: thin, they translate HTTP."""
