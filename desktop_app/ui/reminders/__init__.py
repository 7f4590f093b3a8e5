"""Reminders: when to look, what to say, the tray."""
