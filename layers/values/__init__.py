"""Cells of official files as values: amounts, days and years, numbers; what cannot be one is told with its reason."""
