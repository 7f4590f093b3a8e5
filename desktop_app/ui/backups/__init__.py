"""Backups as people see them: made by time, listed, looked into, put back."""
