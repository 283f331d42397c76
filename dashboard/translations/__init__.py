"""Catalogues of the interface, one a language, and what is missing of them: ``python -m dashboard.translations``."""
