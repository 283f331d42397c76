"""``/admin``: imports, releases and journal, for who sits at the machine that serves."""
