"""Events, squads, and the channels through which leads come."""
