"""Indicator tables of multi-year plans."""
