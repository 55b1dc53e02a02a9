"""A city that does not exist: its agencies' plans and five years of figures, for the benchmarks."""
