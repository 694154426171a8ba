"""The rules and the records of a public hearing; knows no chat and no web."""
