"""Settings, URLs and wiring; the only room that knows all others."""
