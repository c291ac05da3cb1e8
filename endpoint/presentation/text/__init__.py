"""Addresses, dates, money, licences and pages of lists as text. No graph."""
