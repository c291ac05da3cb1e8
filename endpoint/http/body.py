"""Reads a request's body as far as its limits allow."""

import asyncio

from fastapi import Request

from endpoint.http.errors import BadQuery, SlowRequest, TooLarge, UnsupportedType
from endpoint.service.settings import Settings

__all__ = ["read_body", "read_bytes"]


async def read_body(request: Request, settings: Settings) -> str:
    """The body as text. Stops at the limit instead of reading on, whatever Content-Length says."""
    place = request.url.path
    charset = _charset(request.headers.get("content-type", ""))
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedType(place, f"a body in {charset} is not read here", "encode it as UTF-8")
    body = await read_bytes(request, settings.body_bytes, settings.body_seconds, "send a shorter query")
    return _decode(body, place)


async def read_bytes(request: Request, most: int, seconds: float, remedy: str) -> bytes:
    """The body as it is sent, of at most so many bytes; `remedy` is for one that has more."""
    place = request.url.path
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        raise UnsupportedType(place, f"a body compressed with {coding} is not read here", "send it as it is")
    too_large = TooLarge(place, f"the body has more than {most:,} bytes", remedy)
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_large
    except TimeoutError as error:
        raise SlowRequest(place, f"the body took over {seconds:g} seconds", "send it faster") from error
    return bytes(body)


def _decode(body: bytes, place: str) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(place, f"the body is not UTF-8 at byte {error.start}", "encode it as UTF-8") from error


def _charset(content_type: str) -> str:
    """The charset that a Content-Type names, UTF-8 where it names none.

    >>> _charset('application/sparql-query; charset="UTF-16"')
    'utf-16'
    """
    for parameter in content_type.lower().split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return value.strip(' "')
    return "utf-8"
