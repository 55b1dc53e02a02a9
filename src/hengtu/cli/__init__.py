"""The same in a terminal; file commands need no database."""
