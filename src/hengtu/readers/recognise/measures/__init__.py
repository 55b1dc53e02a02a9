"""The cells that say how a KPI is measured and what was measured."""
