"""The screens of deconfliction: thin, they translate HTTP."""
