"""The screens of the register: thin, they translate HTTP."""
