"""Every sentence of random releases, checked against the rows by a rule that knows nothing of `layers.support`."""
