"""Chapters, goals in prose, mission, vision and core values."""
