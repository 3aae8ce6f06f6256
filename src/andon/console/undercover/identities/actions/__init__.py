"""The verbs of the register of identities, one file each."""
