"""From a file to paper, and from paper to a draft plan."""
