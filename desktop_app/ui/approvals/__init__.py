"""Approvals: the checklists of projects on a timeline, and the list of all of them."""
