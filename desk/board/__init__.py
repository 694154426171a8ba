"""The live board: what is open, by department and state, and how much time is left."""
