"""The morning: who is here and who is missing, live; days and months as heat maps; a person's own record."""
