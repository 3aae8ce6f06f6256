"""The screens of the contact log: thin, they translate HTTP."""
