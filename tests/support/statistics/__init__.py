"""Counts and checks of statistics that share no code with what they check."""
