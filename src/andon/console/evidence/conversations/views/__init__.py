"""The screens of conversations: thin, they translate HTTP."""
