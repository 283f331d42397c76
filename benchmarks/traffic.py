"""What goes over the wire, as Chromium itself counts it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

PLOTLY = re.compile(r"/[^/?]*plotly[^/?]*\.js")
"""The script that draws charts, by whichever of Dash's names."""


@dataclass
class Exchange:
    """One request: when it was sent (ms since the epoch), when its answer ended, bytes received (head and body)."""

    url: str
    sent: float
    pieces: list[tuple[float, int]]
    ended: float | None = None
    received: int = 0

    def by(self, moment: float) -> int:
        """Bytes that had come at a moment: all of them once ended, else those of the pieces seen."""
        if self.ended is not None and self.ended <= moment:
            return self.received
        return sum(size for at, size in self.pieces if at <= moment)


class Traffic:
    """All the exchanges of a page, from a session of the Chrome DevTools protocol."""

    def __init__(self, session: Any, origin: str) -> None:
        self.exchanges: dict[str, Exchange] = {}
        self.outside: set[str] = set()
        self._origin = origin
        self._offset: float | None = None
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.dataReceived", self._piece)
        session.on("Network.loadingFinished", self._ended)
        session.on("Network.responseReceived", self._answered)
        session.send("Network.enable")

    def received_by(self, moment: float) -> int:
        """Bytes received at a moment."""
        return sum(exchange.by(moment) for exchange in self.exchanges.values())

    def received(self) -> int:
        """Bytes received in all."""
        return sum(exchange.received for exchange in self.exchanges.values())

    def requests(self, start: float, end: float) -> int:
        """Requests sent between two moments."""
        return sum(start <= exchange.sent <= end for exchange in self.exchanges.values())

    def first_plotly(self) -> float | None:
        """When Plotly's script was first asked for."""
        return min((e.sent for e in self.exchanges.values() if PLOTLY.search(e.url)), default=None)

    def _sent(self, event: dict[str, Any]) -> None:
        url = str(event["request"]["url"])
        if url.startswith(("data:", "blob:")):
            return
        if not url.startswith(self._origin):
            self.outside.add(url)
        if self._offset is None:  # the protocol's clock is not that of the page
            self._offset = event["wallTime"] - event["timestamp"]
        self.exchanges[event["requestId"]] = Exchange(url, self._moment(event), [])

    def _answered(self, event: dict[str, Any]) -> None:
        """What the browser had already asks nothing of the network (the icon, at each change of the address)."""
        if event["response"].get("fromDiskCache"):
            self.exchanges.pop(event["requestId"], None)

    def _piece(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.exchanges and event["encodedDataLength"] > 0:
            self.exchanges[event["requestId"]].pieces.append((self._moment(event), int(event["encodedDataLength"])))

    def _ended(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.exchanges:
            exchange = self.exchanges[event["requestId"]]
            exchange.ended, exchange.received = self._moment(event), int(event["encodedDataLength"])

    def _moment(self, event: dict[str, Any]) -> float:
        return float(event["timestamp"] + (self._offset or 0.0)) * 1000
