"""Files to paper, and paper to drafts."""
