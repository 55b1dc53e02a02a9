"""Personal names are found and masked before anything else reads."""
