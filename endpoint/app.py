"""Puts the service together: one release folder, one set of limits, no globals."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI

from endpoint import errors, health, sparql
from endpoint.current import Current
from endpoint.headers import OpenData
from endpoint.pages.router import router as pages
from endpoint.settings import Settings
from endpoint.workers import Pool

__all__ = ["create_app"]


def create_app(out: Path, settings: Settings | None = None) -> FastAPI:
    """The web application over the release that `out/current` points to; ReleaseError if there is none."""
    settings = settings or Settings()
    app = FastAPI(title="civsoc", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_running)
    app.state.settings = settings
    app.state.current = Current(out)
    app.state.pool = Pool(app.state.current.release, settings)
    app.add_middleware(OpenData)
    errors.install(app)
    app.include_router(sparql.router)
    app.include_router(health.router)
    app.include_router(pages)
    return app
