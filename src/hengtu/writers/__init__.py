"""Plans and results to paper, and paper to files."""
