"""Headers of every answer: the data is open to scripts of any site, and a browser must not guess types.

And those of every request: what it says of our own address is not believed, and its length has to be plain.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["PAGE", "OpenData", "OwnAddress", "accepted", "holds"]

PAGE = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""Headers of every page, those that say what is wrong among them."""

PREFLIGHT = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Cache-Control, Content-Language, Content-Type, "
        "If-Modified-Since, If-None-Match, Pragma, X-Requested-With"
    ),
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


class OwnAddress:
    """Hides from the application what a request says of the address that it came to, so that nothing can be made of
    it, no address and no redirect; and refuses a request whose length is stated in two ways, of which a server before
    this one may have believed the other (RFC 9112, section 6.1)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            names = {name for name, _ in scope["headers"]}
            if {b"content-length", b"transfer-encoding"} <= names:
                words = "request: it states its length and comes in chunks; send either\n"
                await PlainTextResponse(words, 400, {"Connection": "close"})(scope, receive, send)
                return
            kept = [(name, value) for name, value in scope["headers"] if name not in _OF_ADDRESSES]
            scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)


_OF_ADDRESSES = frozenset(
    {b"host", b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-port", b"x-forwarded-prefix"}
)


def accepted(headers: Headers) -> str | None:
    """What a client accepts, its lines joined as RFC 9110 (section 5.3) says; None if it does not say."""
    return ", ".join(headers.getlist("accept")) or None


def holds(headers: Headers, etag: str) -> bool:
    """Whether the client holds this representation already, by the weak comparison (RFC 9110, section 13.1.2)."""
    held = {part.strip().removeprefix("W/") for part in headers.get("if-none-match", "").split(",")}
    return etag.removeprefix("W/") in held or "*" in held
