"""Asking for passphrases: of this laptop's data, and of the team's files."""
