"""Follow-ups: what someone must do by a date, grouped by when."""
