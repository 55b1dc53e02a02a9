"""The tables, their migrations, and rows to core values."""
