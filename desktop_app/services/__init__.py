"""Verbs on a session; they validate and set attributes, and never commit."""
