"""The desktop around the program, as far as it needs no window."""
