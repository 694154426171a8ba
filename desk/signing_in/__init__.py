"""Coming in by a link, going out, and who is at the desk."""
