"""The intake form: a petition registered in a minute, by keyboard alone."""
