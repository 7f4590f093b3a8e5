"""Invest Desk: the desktop app of an investment-attraction team."""

__version__ = "0.1.0"
