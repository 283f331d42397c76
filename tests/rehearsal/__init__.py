"""``python -m tests.rehearsal``: a workshop from its preparation to its report, in real browsers."""
