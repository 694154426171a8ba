"""The same as the desk, for programs: JSON over HTTP with a Bearer token."""
