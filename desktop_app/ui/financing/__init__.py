"""Financing, capital received, and their sums by year."""
