"""The desk's only ways to the outside: guarded fetching, mail, robots. Nothing here knows a model."""
