"""What an operator may set about the served endpoint; every limit has its default here and nowhere else."""

from dataclasses import dataclass

from graph.errors import UsageError

__all__ = ["MEGABYTE", "Settings"]

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """Limits of the service. Times in seconds, sizes in bytes."""

    query_bytes: int = 200_000
    nesting: int = 200
    query_seconds: float = 30.0
    query_memory: int = 1_500 * MEGABYTE
    result_bytes: int = 50 * MEGABYTE
    body_bytes: int = MEGABYTE
    body_seconds: float = 10.0
    # A query is short until it has run this long; only `long_queries` of them may run on.
    short_seconds: float = 1.0
    # Ready for short queries; those at long ones come on top.
    workers: int = 6
    long_queries: int = 2
    queue: int = 16
    queue_seconds: float = 30.0
    # Of a list that is checked on /check: its size with the form around it, the time of sending it, which ends before
    # `request_seconds` so that it ends in words, and the time and memory of checking it.
    check_bytes: int = 5 * MEGABYTE
    check_body_seconds: float = 18.0
    check_seconds: float = 60.0
    check_memory: int = 1_000 * MEGABYTE
    # One is checked at a time; so many more may wait.
    check_queue: int = 3
    # How often the link to the served release is looked at.
    watch_seconds: float = 0.5
    connections: int = 500
    request_seconds: float = 20.0
    idle_seconds: int = 10
    stop_seconds: int = 10

    def __post_init__(self) -> None:
        if min(self.workers, self.long_queries) < 1:
            fact = f"there are {self.workers} workers and {self.long_queries} places for long queries"
            raise UsageError("settings", fact, "have at least one of each")
