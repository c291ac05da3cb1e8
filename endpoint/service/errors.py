"""Why a request to the service is not answered. What each becomes over HTTP is in `endpoint.http.errors`."""

from graph.errors import CivsocError


class BadQuery(CivsocError):
    """The query or the request around it is wrong."""


class ReadOnly(CivsocError):
    """The client asked to change data, or to have the service reach out to another one."""


class TooLarge(CivsocError):
    """The request body is over its limit."""


class UnsupportedType(CivsocError):
    """The request body is of a kind that the service does not read."""


class SlowRequest(CivsocError):
    """The request body did not arrive in time."""


class TimeLimit(CivsocError):
    """The query ran for longer than it may."""


class MemoryLimit(CivsocError):
    """The query needed more memory than it may have."""


class ResultLimit(CivsocError):
    """The answer is larger than the service sends."""


class Busy(CivsocError):
    """Every place is taken, and the queue is full or too slow."""

    retry_after = 5


class ServiceFault(CivsocError):
    """The service failed at a query that may well be right."""


class Gone(CivsocError):
    """The client left before its answer was there; nobody reads this one."""


class NotAcceptable(CivsocError):
    """The client accepts none of the formats that the answer comes in."""
