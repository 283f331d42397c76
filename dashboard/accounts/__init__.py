"""Signing in and out, one’s own password, and the accounts for who administers."""
