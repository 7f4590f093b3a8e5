"""The window, its views and widgets."""
