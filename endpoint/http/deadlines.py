"""Connections that end when the client keeps them waiting, or sends a head that is too long."""

import asyncio
import sys

import h11
from h11 import CLOSED, DONE, ERROR, MUST_CLOSE
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Deadlines"]

TOO_LONG = 431


class Deadlines(H11Protocol):
    """uvicorn's protocol with two deadlines that it lacks: for a request to arrive whole, and for a client to take
    the next part of its answer. Without them a silent client keeps its connection for ever."""

    seconds = 20.0
    _request: asyncio.TimerHandle | None = None
    _answer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_request()

    def data_received(self, data: bytes) -> None:
        self._expect_request()
        super().data_received(data)
        if self.conn.their_state in (DONE, MUST_CLOSE, CLOSED, ERROR):
            self._request_is_here()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._answer = self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._answer_moves()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # Closing waits for the client to take what is left of its answer.
        self.loop.call_later(self.seconds, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._request_is_here()
        self._answer_moves()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuses a request that cannot be read; one whose head is too long by a status of its own (RFC 6585)."""
        error = sys.exception()
        if not (isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == TOO_LONG):
            super().send_400_response(msg)
            return
        words = b"request: its address and headers are too long; send a long query by POST\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
        answer = (h11.Response(status_code=TOO_LONG, headers=headers), h11.Data(data=words), h11.EndOfMessage())
        for event in answer:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _expect_request(self) -> None:
        if self._request is None:
            self._request = self.loop.call_later(self.seconds, self.transport.abort)

    def _request_is_here(self) -> None:
        if self._request is not None:
            self._request.cancel()
            self._request = None

    def _answer_moves(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None
