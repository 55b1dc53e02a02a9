"""Service plans: guidelines, committee and schedule."""
