"""From a template to an answer: the templates' surroundings, headers of pages, the view of the served release."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, cast

import jinja2
from fastapi import Depends, Request, Response
from starlette.responses import HTMLResponse

from endpoint.dependencies import ReleaseDep
from endpoint.http.headers import PAGE
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import english_date, per_thousand, plural, pounds, sentence_case
from endpoint.presentation.text.licences import licence_name
from endpoint.service.fingerprint import fingerprint

__all__ = ["METHODS", "ViewDep", "error_page", "etag", "html", "static_file", "text", "view_of"]

METHODS = ["GET", "HEAD"]

STATIC_TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8"}


async def view_of(release: ReleaseDep) -> View:
    """The release as this request looks at it."""
    return View(release)


ViewDep = Annotated[View, Depends(view_of)]


def text(template: str, **context: object) -> str:
    return _environment().get_template(template).render(context, template=template)


def html(template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: object) -> Response:
    return HTMLResponse(text(template, **context), status, {**PAGE, **(headers or {})})


def error_page(request: Request, status: int, words: str) -> str:
    """The page that says what is wrong, with a way on. Used by `endpoint.http.errors`."""
    path = request.path_params.get("path", "")
    sought = str(path).rstrip("/").rsplit("/", 1)[-1][:100] if status == 404 else ""
    return text("error.html", status=status, words=words, sought=sought)


def etag(view: View, *parts: str) -> str:
    """A tag for one representation of a page: of this release, by the code that is installed.

    It is weak, as the same page is sent compressed or not.
    """
    return 'W/"' + "-".join((view.served.id, fingerprint(), *parts)) + '"'


@cache
def static_file(name: str) -> tuple[bytes, str] | None:
    """A file of the design with its type; None if there is none of that name."""
    kind = STATIC_TYPES.get(name.rsplit(".", 1)[-1])
    for file in _folder("static").iterdir():
        if file.name == name and kind:
            return file.read_bytes(), kind
    return None


def _folder(name: str) -> Traversable:
    return files("endpoint") / name


def _static_href(name: str) -> str:
    """The address of a file of the design; it changes with the file, so that it may be kept for ever."""
    return f"/static/{name}?v={fingerprint()}"


def _number(count: int) -> str:
    return f"{count:,}"


def _pounds(amount: Decimal) -> str:
    return pounds(amount.quantize(Decimal(1)))


def _percent(share: Decimal) -> str:
    return f"{share:.0%}"


def _day(day: date | None) -> str:
    return english_date(day) if day else "date not stated"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("endpoint", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The library declares only its own filters' types.
    filters = cast(dict[str, object], environment.filters)
    filters.update(number=_number, day=_day, static=_static_href, plural=plural, capfirst=sentence_case)
    filters.update(pounds=_pounds, percent=_percent, rate=per_thousand, licence=licence_name)
    return environment
