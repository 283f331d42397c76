"""What is computed on demand and kept for a while: the combinations that a reader may ask for have no bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class Bounded:
    """The values used last, ``most`` of them; safe for threads, which may make the same value twice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made where it is not held; the one unused for longest leaves."""
        with self._guard:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._guard:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


def of(cache: dict[object, object], name: str, most: int) -> Bounded:
    """The bounded part of the cache of a release that has this name."""
    found = cache.setdefault(("bounded", name), Bounded(most))
    if not isinstance(found, Bounded):
        raise TypeError(name)
    return found
