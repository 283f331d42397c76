"""The application: view state, pages, components, callbacks, API, settings, command line."""
