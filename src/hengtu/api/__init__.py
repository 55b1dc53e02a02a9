"""The same questions and verbs as JSON, under ``/api/v1``."""
