"""Cases: who works on what, what belongs to it, and who may know of it."""
