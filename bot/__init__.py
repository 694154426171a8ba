"""The chat engine, and on it the complaint handlers."""
