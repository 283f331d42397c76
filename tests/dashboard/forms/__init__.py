"""Every form of the product, as its page renders it."""
