"""One box for everything: communes, post codes, territories, indicators, structures."""
