"""Any spreadsheet, read by a mapping of its columns: guessed, shown, edited, saved for the next time."""

from layers.readers import registry  # noqa: F401 (first: the readers know the mappings, which use their columns)

from layers.mapping.declaration import Mapping  # isort: skip

__all__ = ["Mapping"]
