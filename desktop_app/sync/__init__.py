"""Sync through a shared file: merge, hubs, and one run of a sync."""
