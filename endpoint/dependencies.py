"""The parts of one running service, and how routes are given them. What the parts do is in their own rooms."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI

from endpoint.service.release import Current, Served
from endpoint.service.settings import Settings
from endpoint.workers.checks import Checks
from endpoint.workers.pool import Pool

__all__ = ["ReleaseDep", "Service", "ServiceDep", "provide"]


@dataclass(frozen=True)
class Service:
    """What one application works with; the search index is that of the release."""

    settings: Settings
    current: Current
    pool: Pool
    checks: Checks


async def _service() -> Service:
    """Stands for the service of an application; `provide` puts the real one in its place."""
    raise NotImplementedError


def provide(app: FastAPI, service: Service) -> None:
    """Gives the routes of `app` its service."""

    async def provided() -> Service:
        return service

    app.dependency_overrides[_service] = provided


ServiceDep = Annotated[Service, Depends(_service)]


async def _release(service: ServiceDep) -> Served:
    """The release that is served at this moment: taken once for a request, which keeps it to its end."""
    return service.current.release


ReleaseDep = Annotated[Served, Depends(_release)]
