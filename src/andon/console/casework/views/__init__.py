"""The screens of cases: thin, they translate HTTP."""
