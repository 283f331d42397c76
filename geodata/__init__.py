"""What the territory is: communes, territories, perimeters, boundaries, joining, provenance."""
