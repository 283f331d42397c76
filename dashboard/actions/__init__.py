"""``/diagnostic/<code>/actions``: the action sheets of a place, their board, their follow-up by year."""
