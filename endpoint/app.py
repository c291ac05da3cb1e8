"""Puts the service together: one release folder, one set of limits, no globals."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path

from fastapi import FastAPI

from endpoint.api import health, oruk
from endpoint.dependencies import Service, provide
from endpoint.http import errors
from endpoint.http.compression import Compression
from endpoint.http.headers import OpenData, OwnAddress
from endpoint.pages.router import error_page
from endpoint.pages.router import router as pages
from endpoint.service.release import Current
from endpoint.service.settings import Settings
from endpoint.sparql import router as sparql
from endpoint.workers.checks import Checks
from endpoint.workers.pool import Pool

__all__ = ["create_app"]


def create_app(out: Path, settings: Settings | None = None) -> FastAPI:
    """The web application over the release that `out/current` points to; ReleaseError if there is none."""
    settings = settings or Settings()
    current = Current(out)
    service = Service(settings, current, Pool(current.release, settings), Checks(settings))
    lifespan = partial(_running, service)
    app = FastAPI(
        title="civsoc", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=lifespan
    )
    provide(app, service)
    app.add_middleware(Compression)
    app.add_middleware(OpenData)
    app.add_middleware(OwnAddress)
    errors.install(app, error_page)
    app.include_router(sparql.router)
    app.include_router(health.router)
    app.include_router(oruk.router)
    app.include_router(pages)
    return app


@contextlib.asynccontextmanager
async def _running(service: Service, _app: FastAPI) -> AsyncGenerator[None, None]:
    """Keeps the workers going, and the release the current one, for as long as the application runs."""
    pool = service.pool
    watch = asyncio.ensure_future(_follow(service.current, pool, service.settings.watch_seconds))
    try:
        await pool.crew.start()
        yield
    finally:
        watch.cancel()
        await pool.crew.stop()


async def _follow(current: Current, pool: Pool, seconds: float) -> None:
    """Looks at the link to the served release every few moments, so that no request has to."""
    while True:
        await asyncio.sleep(seconds)
        if await asyncio.to_thread(current.refresh):
            await pool.crew.renew(current.release)
