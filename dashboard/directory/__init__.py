"""The directory of structures: its address, its facets, its points, its export."""
