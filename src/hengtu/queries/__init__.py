"""Named questions: the only place that reads rows for pages, exports and the API."""
