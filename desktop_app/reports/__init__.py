"""Papers set with ReportLab."""
