"""Leads: table, board, and the record at the right."""
