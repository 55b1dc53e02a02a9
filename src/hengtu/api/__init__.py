"""The same verbs and questions as JSON."""
