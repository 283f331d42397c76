"""Comparing places: which ones the address names, and what is shown of them side by side."""
