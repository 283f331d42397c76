"""Official open-data sources, brought over the network only when asked; `sources.fetch` is the one door."""
