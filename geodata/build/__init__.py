"""Makes the embedded geography from packages of the public registries; not needed to run the application."""
