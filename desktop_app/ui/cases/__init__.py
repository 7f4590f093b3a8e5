"""Cases and dispatch meetings."""
