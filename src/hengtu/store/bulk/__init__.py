"""Fast ways into and out of the long tables of figures and results, on SQLite and PostgreSQL."""
