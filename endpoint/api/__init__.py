"""Interfaces of other people's standards, over the served release."""
