"""The steps. `tools/migration.py PURPOSE` writes a new one from what changed in the tables."""
