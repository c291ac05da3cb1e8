"""`/health`: whether the service can answer, for programs that watch it."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from endpoint.dependencies import ReleaseDep, ServiceDep

__all__ = ["router"]

router = APIRouter()


@router.api_route("/health", methods=["GET", "HEAD"])
async def health(service: ServiceDep, release: ReleaseDep) -> JSONResponse:
    """200 while there is a release and a worker that could take a query, 503 otherwise."""
    pool = service.pool
    body = {
        "ok": pool.crew.size > 0,
        "release": release.id,
        "triples": release.manifest.triples,
        "workers": pool.crew.size,
        "busy": pool.crew.busy,
        "waiting": pool.waiting,
        "network": pool.crew.network,
    }
    return JSONResponse(body, 200 if pool.crew.size else 503, {"Cache-Control": "no-store"})
