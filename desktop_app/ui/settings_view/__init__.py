"""What one person and the team set."""
