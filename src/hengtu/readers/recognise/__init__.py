"""From paper to a draft plan: recognisers that know strategy, never a file format."""
