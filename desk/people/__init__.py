"""Departments, the people in them, and their personal links."""
