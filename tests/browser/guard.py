"""What no page may do: leave the server, fail, complain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError, WebSocket

BAD = 400


@dataclass
class Guard:
    """Watches one browser context; ``faults`` is what it saw.

    ``allowed`` are addresses that a test expects to fail, as parts of them.
    """

    address: str
    allowed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to all the pages of a context; what leaves the server is stopped."""
        context.route(re.compile(f"^(?!{re.escape(self.address)}/|data:|blob:)"), lambda route: route.abort())
        self.listen(context)

    def listen(self, context: BrowserContext) -> None:
        """As `watch`, but stop nothing: a page whose requests are stopped one by one is slower than a real one."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("page", lambda page: page.on("websocket", self._socket))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"left the server: {request.method} {request.url}")

    def _socket(self, socket: WebSocket) -> None:
        self.faults.append(f"opened a socket: {socket.url}")

    def _response(self, response: Response) -> None:
        if response.status >= BAD and not self._expected(response.url):
            self.faults.append(f"answered {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._expected(message.location["url"]):
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _expected(self, address: str) -> bool:
        return any(part in address for part in self.allowed)
