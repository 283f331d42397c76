"""Workbooks for what only the metropole holds: written empty, read back once filled."""

from layers.templates.declaration import TEMPLATES, Field, Template

__all__ = ["TEMPLATES", "Field", "Template"]
