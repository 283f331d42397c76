"""The read-only API under ``/api/v1``: one registry of routes and parameters, from which checks and document follow."""
