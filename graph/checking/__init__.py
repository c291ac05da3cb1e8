"""Checks of a directory for its keeper: what a build would find wrong, and cross-checks of its rows."""

from graph.checking.check import Unreadable, check
from graph.checking.findings import Finding, Report, Weight

__all__ = ["Finding", "Report", "Unreadable", "Weight", "check"]
