"""Headers of every answer: the data is open to scripts of any site, and a browser must not guess types.

And the one of every request that may come in several lines.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OpenData", "accepted", "holds"]

PREFLIGHT = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class OpenData:
    """Adds the headers to whatever the application answers.

    Starlette's own CORS middleware adds them only for requests with an Origin; a cache between would then
    hand a copy without them to scripts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send_with_headers)
        elif scope["type"] == "http":
            await self._app(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send)


def accepted(headers: Headers) -> str | None:
    """What a client accepts, its lines joined as RFC 9110 (section 5.3) says; None if it does not say."""
    return ", ".join(headers.getlist("accept")) or None


def holds(headers: Headers, etag: str) -> bool:
    """Whether the client holds this representation already, by the weak comparison (RFC 9110, section 13.1.2)."""
    held = {part.strip().removeprefix("W/") for part in headers.get("if-none-match", "").split(",")}
    return etag.removeprefix("W/") in held or "*" in held
