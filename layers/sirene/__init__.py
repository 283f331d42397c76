"""The national stock of Sirene, as Insee publishes it: files that are only understood together."""
