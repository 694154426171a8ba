"""What is said and done when something happens, in the office's words."""
