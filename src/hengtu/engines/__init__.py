"""Bulk evaluation of formulas."""
