"""The portrait of a place: what distinguishes a territory, a commune or the metropole, as one content."""
