"""What is made again and again, kept within a number of bytes: the one mechanism, and the list of all that use it.

An address may ask for any of millions of combinations, hence nothing that an address names is kept for ever. What was
asked for once leaves first: thousands of addresses that nobody asks for twice do not drive out the pages that all read.
"""

from __future__ import annotations

import sys
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import fields, is_dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, Final, Generic, Protocol, TypeVar

import numpy as np
import pandas as pd

Thing = TypeVar("Thing")

MB: Final = 1_000_000
ENTRY: Final = 600
"""Bytes that a place among those kept takes beside its thing and the texts of its name."""
PROVEN: Final = 0.8
"""Part of the bytes for what was asked for twice or more."""
SAMPLE: Final = 16
"""Members of a collection that are weighed, for all of them."""
DEEPEST: Final = 8
LONGEST: Final = 120
"""Characters of the texts that `Remembered` keeps: a name, never a page."""


class Bounded(Protocol):
    """What the list tells of each: its name, the bytes it takes, and those that it never goes beyond."""

    name: str
    most: int

    @property
    def size(self) -> int:
        """Bytes taken."""


_ALL: Final[weakref.WeakSet[Any]] = weakref.WeakSet()


def in_use() -> list[Bounded]:
    """All that is kept in this process, by name."""
    return sorted(_ALL, key=lambda one: one.name)


class Cache(Generic[Thing]):
    """Things by name, ``most`` bytes of them; for any number of threads.

    Parameters
    ----------
    name : as the list `in_use` and the measures of memory call it.
    most : bytes. What is larger alone is not kept.
    weigh : bytes of a thing (`weighed`).
    """

    def __init__(self, name: str, most: int, weigh: Callable[[Thing], int] | None = None) -> None:
        self.name, self.most = name, most
        self._weigh = weigh or weighed
        self._new: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._proven: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._new_size = self._proven_size = 0
        self._making: dict[Hashable, Future[Thing]] = {}
        self._lock = Lock()
        _ALL.add(self)

    def __len__(self) -> int:
        return len(self._new) + len(self._proven)

    @property
    def size(self) -> int:
        """Bytes taken."""
        return self._new_size + self._proven_size

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of a name, made where it is not kept: by one, for all who ask for it meanwhile."""
        with self._lock:
            found = self._found(key)
            if found is not None:
                return found[0]
            making = self._making.get(key)
            if making is None:
                mine = self._making[key] = Future()
        if making is not None:
            return making.result()
        try:
            made = make()
            self.put(key, made)
        except BaseException as error:
            del self._making[key]
            mine.set_exception(error)
            raise
        del self._making[key]
        mine.set_result(made)
        return made

    def known(self, key: Hashable) -> Thing | None:
        """The thing kept under a name, if any."""
        with self._lock:
            found = self._found(key)
        return None if found is None else found[0]

    def put(self, key: Hashable, thing: Thing) -> None:
        """Keep a thing."""
        texts = key if isinstance(key, tuple) else (key,)
        size = self._weigh(thing) + ENTRY + sum(sys.getsizeof(text) for text in texts if isinstance(text, str))
        with self._lock:
            self._drop(key)
            if size <= self.most:
                self._new[key] = thing, size
                self._new_size += size
                self._fit(key)

    def _found(self, key: Hashable) -> tuple[Thing, int] | None:
        """What is kept, which is proven from now on."""
        found = self._new.pop(key, None)
        if found is None:
            found = self._proven.get(key)
            if found is not None:
                self._proven.move_to_end(key)
            return found
        self._new_size -= found[1]
        self._proven[key] = found
        self._proven_size += found[1]
        while self._proven_size > self.most * PROVEN and len(self._proven) > 1:
            name, entry = self._proven.popitem(last=False)
            self._proven_size -= entry[1]
            self._new[name] = entry
            self._new_size += entry[1]
        return found

    def _drop(self, key: Hashable) -> None:
        if found := self._new.pop(key, None):
            self._new_size -= found[1]
        elif found := self._proven.pop(key, None):
            self._proven_size -= found[1]

    def _fit(self, last: Hashable) -> None:
        """Let go until all fit; what came ``last`` stays."""
        while self.size > self.most:
            oldest = next(iter(self._new))
            self._drop(oldest if oldest != last else next(iter(self._proven)))


class Remembered(Generic[Thing]):
    """A function of short texts whose last answers are kept; a long text, which somebody made up, is not.

    >>> Remembered("capitals", str.upper, most=2)("lille")
    'LILLE'
    """

    def __init__(self, name: str, function: Callable[..., Thing], most: int, longest: int = LONGEST) -> None:
        self.name = name
        self._function, self._kept, self._longest = function, lru_cache(maxsize=most)(function), longest
        self._entry = ENTRY + 2 * 4 * longest
        self.most = most * self._entry
        _ALL.add(self)

    @property
    def size(self) -> int:
        """Bytes taken at most."""
        return self._kept.cache_info().currsize * self._entry

    def __call__(self, *texts: Any) -> Thing:
        """What the function answers."""
        return (self._kept if sum(map(len, texts)) <= self._longest else self._function)(*texts)


def weighed(thing: object, depth: int = 0) -> int:
    """Bytes of a thing and of what it holds, about: of large collections and tables, from some of their members.

    What several things share counts for each of them.
    """
    if isinstance(thing, pd.DataFrame | pd.Series | pd.Index):
        return _of_table(thing)
    if isinstance(thing, np.ndarray):
        of_objects = thing.dtype == object and thing.size
        return thing.nbytes + (_of_members(list(thing.flat[:SAMPLE]), thing.size, depth) if of_objects else 0)
    own = sys.getsizeof(thing, 64)
    if isinstance(thing, str | bytes | bytearray | int | float | type) or callable(thing) or depth > DEEPEST:
        return own
    if isinstance(thing, Mapping):
        return own + _of_members(list(thing.items()), len(thing), depth)
    if isinstance(thing, tuple | list | set | frozenset):
        return own + _of_members(list(thing), len(thing), depth)
    return own + sum(weighed(part, depth + 1) for part in _parts(thing))


def _parts(thing: object) -> list[object]:
    named = [field.name for field in fields(thing)] if is_dataclass(thing) else list(getattr(thing, "__dict__", ()))
    return [getattr(thing, name, None) for name in named]


def _of_members(members: list[Any], count: int, depth: int) -> int:
    taken = members[:: max(1, len(members) // SAMPLE)]
    return sum(weighed(one, depth + 1) for one in taken) * count // max(1, len(taken))


def _of_table(table: Any) -> int:
    taken = table[:: max(1, len(table) // SAMPLE)]
    flat, deep = (float(np.sum(taken.memory_usage(deep=each))) for each in (False, True))
    outlines = 16 * int(np.sum(table.count_coordinates())) if hasattr(table, "count_coordinates") else 0
    return int(np.sum(table.memory_usage(deep=False)) + (deep - flat) * len(table) / max(1, len(taken))) + outlines
