"""Answers are sent compressed to clients that take it, part by part where they are long."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Compression", "takes_gzip"]

PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
"""Types of what is compressed already."""
LEAST_BYTES = 1_000
LEVEL = 6  # a third of the time of 9, for one part in a hundred more


class Compression:
    """Starlette's own, with what it lacks: weights of Accept-Encoding, and tags that fit what is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._compressing = GZipMiddleware(app, LEAST_BYTES, LEVEL, exclude_content_types=PACKED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_tag(message: Message) -> None:
            if message["type"] == "http.response.start":
                _weaken(MutableHeaders(scope=message))
            await send(message)

        if scope["type"] == "http" and not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            others = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": others}
        await self._compressing(scope, receive, send_with_tag)


def _weaken(headers: MutableHeaders) -> None:
    """A strong tag would promise the same bytes as without compression (RFC 9110, section 8.8.1)."""
    tag = headers.get("etag", "")
    if "content-encoding" in headers and tag.startswith('"'):
        headers["etag"] = f"W/{tag}"


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip (RFC 9110, section 12.5.3).

    >>> [takes_gzip(it) for it in ("gzip, br", "*", "gzip;q=0", "br", "*;q=0, x-gzip;q=0.5")]
    [True, True, False, False, True]
    """
    weights: dict[str, str] = {}
    for entry in accept_encoding.lower().split(","):
        name, _, weight = entry.partition(";")
        weights[name.strip()] = weight.replace(" ", "").removeprefix("q=") or "1"
    weight = next((weights[name] for name in ("gzip", "x-gzip", "*") if name in weights), "0")
    return bool(weight.strip("0."))
