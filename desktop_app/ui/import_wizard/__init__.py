"""The import of ledgers and vCards: mapping, preview, result."""
