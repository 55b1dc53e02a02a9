"""From a plan to a neutral description of a report."""
