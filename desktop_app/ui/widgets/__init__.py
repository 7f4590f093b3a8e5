"""The widgets that all views are made of."""
