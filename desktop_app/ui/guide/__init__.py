"""The user guide inside the window (F1)."""
