"""``/financements``: who receives how much, whether it is equitable, and what a rule would give to each."""
