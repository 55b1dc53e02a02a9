"""What a document says about itself: agency, title, years, acts."""
