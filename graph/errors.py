"""The one exception tree: every message is one line, `place: fact; remedy`.

Caught at two edges only, the command line and HTTP.
"""

__all__ = ["CivsocError", "InputError", "MappingError", "ReleaseError", "UsageError", "ValidationFailed"]


class CivsocError(Exception):
    """Something that a person can fix; `exit_code` is that of the command line."""

    exit_code = 1

    def __init__(self, place: str, fact: str, remedy: str) -> None:
        super().__init__(place, fact, remedy)
        self.place, self.fact, self.remedy = place, fact, remedy

    def __str__(self) -> str:
        line = f"{self.place}: {self.fact}; {self.remedy}"
        # A file name or cell may hold line breaks: one fault stays one line.
        return " ".join(line.split())


class InputError(CivsocError):
    """A file is missing, broken, or not what its source's metadata describes."""


class MappingError(CivsocError):
    """A mapping or its metadata is at fault, not the data."""


class ReleaseError(CivsocError):
    """A release cannot be made, found, switched or trusted."""


class ValidationFailed(CivsocError):
    """The graph breaks a shape of severity `sh:Violation`, or the two engines disagree about it."""


class UsageError(CivsocError):
    """A command with invalid arguments."""

    exit_code = 2
