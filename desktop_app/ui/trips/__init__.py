"""Trips: the programme by day, its route, checks, delegation, meetings and briefing."""
