"""Scorecards and KSF/KPI slides."""
