"""Solved is not closed: the desk's list of calls to make, what waits for the seniors, and what is flagged."""
