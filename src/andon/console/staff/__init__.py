"""People, units, rights, sign-in."""
