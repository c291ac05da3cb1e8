"""Checks of a directory for its keeper: what a build would find wrong, and cross-checks of its rows."""
