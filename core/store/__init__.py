"""The database: tables, the one writer, the unit of work, and queries in the field's verbs."""
