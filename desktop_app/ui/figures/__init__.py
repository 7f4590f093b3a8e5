"""The view of a year: each figure, its parts, its trend, and the records behind it."""
