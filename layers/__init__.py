"""What is said of the territory: readers of official files, releases, indicators, series."""
