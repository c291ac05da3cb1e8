"""All that a person sees, as one router."""

from fastapi import APIRouter

from endpoint.pages import areas, check, data, fixlist, home, listing, quality, query_form, searching, things
from endpoint.pages.render import error_page

__all__ = ["error_page", "router"]

router = APIRouter()
for part in (home, searching, areas, quality, fixlist, query_form, check, data, listing, things):
    router.include_router(part.router)
