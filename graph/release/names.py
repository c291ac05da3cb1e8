"""What a release can be called instead of by its id."""

CURRENT = "current"
"""The release that is served, and the link to it."""
PREVIOUS = "previous"
"""The release that was served before it."""
