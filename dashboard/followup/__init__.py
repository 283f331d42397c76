"""``/suivi``: what the plan of 2011 set out to do, and what the metropole recorded of it."""
