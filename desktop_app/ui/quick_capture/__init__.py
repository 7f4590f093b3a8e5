"""Quick capture: a line or a pasted text becomes a record."""
