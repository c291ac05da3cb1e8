"""Asking a publisher's server: patiently, within bounds, and with every fault in words."""

import ssl
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TypeVar

import httpx

from graph.errors import InputError

AGENT = "civsoc (linked open data of civil society)"
"""How we name ourselves to publishers."""

WAITS = (1.0, 4.0)
"""Seconds before the second and the third try."""

LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait (Retry-After) before we give up until the next run."""

MOST_REDIRECTS = 5

T = TypeVar("T")

_PASSING_STATUSES = frozenset((408, 425, 429, 500, 502, 503, 504))
_ELSE = "check the connection, or give the source's file instead of its url"
_TIMEOUT = httpx.Timeout(60, connect=15)


class Passing(InputError):
    """A fault that a later try may not meet; `after` is when the server wants it, in seconds."""

    after: float = 0.0


class Gone(InputError):
    """The server has nothing under this address."""


@contextmanager
def answered(url: str, headers: Mapping[str, str] | None = None) -> Generator[httpx.Response]:
    """A server's answer as it streams in, if it is a file and no error; over http and https alone."""
    try:
        with (
            httpx.Client(
                timeout=_TIMEOUT,
                follow_redirects=True,
                max_redirects=MOST_REDIRECTS,
                headers={"User-Agent": AGENT, **(headers or {})},
                verify=_tls(),
            ) as client,
            client.stream("GET", url) as answer,
        ):
            _refuse(url, answer)
            yield answer
    except httpx.TooManyRedirects:
        raise InputError(
            url, f"redirects more than {MOST_REDIRECTS} times", "correct the url, or give a file"
        ) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as fault:
        raise InputError(url, f"cannot be fetched ({fault})", _ELSE) from None
    except httpx.HTTPError as fault:
        raise Passing(url, f"cannot be fetched ({fault or type(fault).__name__})", _ELSE) from None


@cache
def _tls() -> ssl.SSLContext:
    """Whom to trust, read once: reading takes longer than a request."""
    return httpx.create_ssl_context()


def patiently(ask: Callable[[], T], waits: Sequence[float] = WAITS) -> T:
    """Ask, and ask again where that may help: once after each wait, or when the server says (RFC 9110, Retry-After)."""
    for wait in waits:
        try:
            return ask()
        except Passing as fault:
            if fault.after > LONGEST_WAIT:
                fact = f"asks to be left alone for {fault.after:,.0f} seconds"
                raise InputError(fault.place, fact, "start again then: what has arrived is kept") from None
            time.sleep(max(wait, fault.after))
    return ask()


def _refuse(url: str, answer: httpx.Response) -> None:
    """InputError for an answer that is not a file."""
    if answer.status_code in (404, 410):
        raise Gone(url, f"answers {answer.status_code}", "correct the url, or give a file")
    if answer.is_error:
        remedy = "correct the url, or give a file"
        if answer.status_code not in _PASSING_STATUSES:
            raise InputError(url, f"answers {answer.status_code}", remedy)
        passing = Passing(url, f"answers {answer.status_code}", remedy)
        passing.after = _seconds(answer.headers.get("Retry-After", ""))
        raise passing
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        fact = "answers with a web page, not with a file"
        raise InputError(url, fact, "follow the link on the page by hand, and give the file")


def _seconds(retry_after: str) -> float:
    """How long a server wants us to wait: seconds, or until a date; 0 if it does not say.

    >>> _seconds("7"), _seconds("soon"), _seconds("Thu, 01 Jan 1970 00:00:00 GMT")
    (7.0, 0.0, 0.0)
    """
    if retry_after.isdigit():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else 0.0
