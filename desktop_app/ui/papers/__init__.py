"""Papers in the window: chosen, looked at beside their data, completed, exported, printed."""
