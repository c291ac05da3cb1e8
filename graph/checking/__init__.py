"""Checking a directory for its keeper: what a build would find wrong, and what only a look across rows shows."""

from graph.checking.check import Unreadable, check
from graph.checking.findings import Finding, Report, Weight

__all__ = ["Finding", "Report", "Unreadable", "Weight", "check"]
