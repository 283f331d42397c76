"""Readers of official files: raw text in, checked tables out, every row accounted for."""

from layers.readers.reader import Reader, Reading
from layers.readers.registry import READERS, detect, is_header, read_file

__all__ = ["READERS", "Reader", "Reading", "detect", "is_header", "read_file"]
