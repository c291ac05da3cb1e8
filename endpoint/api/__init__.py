"""Interfaces of other people’s standards over the served release, and the health of the service. No pages."""
