"""What I must do today, and how the year stands."""
