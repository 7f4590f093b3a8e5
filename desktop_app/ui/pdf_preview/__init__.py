"""A PDF inside the window: read, zoom, save, print."""
