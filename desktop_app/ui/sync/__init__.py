"""The team's shared file in the window: its state, what came in, and what people disagree on."""
