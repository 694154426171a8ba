"""A complaint's page: its facts, its timeline, and everything that can be done about it."""
