"""All that a person sees, as one router."""

from fastapi import APIRouter

from endpoint.pages import check, data, home
from endpoint.pages import search as searching
from endpoint.pages.area import overview as areas
from endpoint.pages.entity import routes as things
from endpoint.pages.entity.incoming import listing
from endpoint.pages.quality import fix_list as fixlist
from endpoint.pages.quality import overview as quality
from endpoint.pages.query import form as query_form
from endpoint.presentation.rendering import error_page

__all__ = ["error_page", "router"]

router = APIRouter()
for part in (home, searching, areas, quality, fixlist, query_form, check, data, listing, things):
    router.include_router(part.router)
