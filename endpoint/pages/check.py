"""`/check`: a list is sent, a report is shown, nothing is kept; and the template and description of the data set.

The form needs no token against forgery: it changes nothing, there is no session to act in, and a forger learns nothing,
as another site cannot read a form's answer to a person's own file that it does not have.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from endpoint.dependencies import ServiceDep
from endpoint.http.body import read_bytes
from endpoint.http.headers import accepted
from endpoint.http.negotiation import CSV, HTML, Format, choose
from endpoint.presentation.rendering import METHODS, html
from endpoint.service.errors import UnsupportedType
from endpoint.service.settings import MEGABYTE, Settings
from endpoint.sparql.router import unless_gone
from endpoint.workers.checks import OTHERWISE
from endpoint.workers.outcome import Outcome
from graph.model.values.spreadsheet import BYTE_ORDER_MARK
from graph.standards.directory import description, metadata

__all__ = ["router"]

router = APIRouter()

JSON = Format("json", "JSON", "application/json")
TEXT = Format("txt", "Text", "text/plain")
OFFERED = (HTML, JSON, CSV, TEXT)
NOT_KEPT = {"Cache-Control": "no-store", "Vary": "Accept"}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
METADATA = "csv-metadata.json"


@dataclass(frozen=True)
class Limits:
    """The limits that the page states."""

    megabytes: float
    seconds: float


@router.api_route("/check", methods=METHODS)
def ask(service: ServiceDep) -> Response:
    return _page(service.settings, None, {"Cache-Control": "no-cache"})


@router.post("/check")
async def check(request: Request, service: ServiceDep) -> Response:
    """The report on a list that a form holds, as the page, JSON, CSV or text."""
    settings, checks = service.settings, service.checks
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
        raise UnsupportedType("/check", "the list is not sent as a form", "send multipart/form-data with a file `list`")
    form = choose(accepted(request.headers), None, OFFERED).format.name
    async with checks.place():
        remedy = f"send a smaller one, or {OTHERWISE}"
        body = await read_bytes(request, settings.check_bytes, settings.check_body_seconds, remedy)
        outcome = await unless_gone(request, checks.run(content_type, form, body))
    if outcome.form == HTML.name:
        return _page(settings, outcome, NOT_KEPT)
    return _for_programs(outcome)


def _page(settings: Settings, outcome: Outcome | None, headers: dict[str, str]) -> Response:
    limits = Limits(settings.check_bytes / MEGABYTE, settings.check_seconds)
    status = 422 if outcome and outcome.refused else 200
    return html("check.html", status, headers, outcome=outcome, limits=limits, tables=description().listed)


def _for_programs(outcome: Outcome) -> Response:
    if it := outcome.refused:
        raise HTTPException(422, f"{it.place}: {it.fact}; {it.remedy}", NOT_KEPT)
    kind = next(offer for offer in OFFERED if offer.name == outcome.form)
    headers = {**NOT_KEPT, "X-Content-Type-Options": "nosniff"}
    text = outcome.written
    if kind is CSV:
        headers["Content-Disposition"] = 'attachment; filename="fixes.csv"'
        text = BYTE_ORDER_MARK + text
    return Response(text, headers=headers, media_type=f"{kind.media_type}; charset=utf-8")


@router.api_route("/data/directory/{name}", methods=METHODS)
def file(name: str) -> Response:
    """The template, as a workbook and as the CSV files of the description; and that description."""
    headers = {"Cache-Control": "no-cache"}
    if name == METADATA:
        return Response(metadata(), headers=headers, media_type="application/csvm+json")
    from graph.export import template  # with all that makes workbooks, for which no other page has a use

    if name == "template.xlsx":
        headers["Content-Disposition"] = 'attachment; filename="directory.xlsx"'
        return Response(template.as_workbook(), headers=headers, media_type=WORKBOOK)
    table = "organisations" if name == "template.csv" else name.removesuffix(".csv")
    if not name.endswith(".csv") or table not in description().tables:
        raise HTTPException(404, f"there is no file {name[:100]}; /check lists those there are")
    headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    headers["Link"] = f'<{METADATA}>; rel="describedby"; type="application/csvm+json"'
    return Response(template.as_csv(table), headers=headers, media_type="text/csv; charset=utf-8; header=present")
