"""``/financements/subventions``: the grants one by one, by place, funder and year, each with its file and line."""
