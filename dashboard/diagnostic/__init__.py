"""``/diagnostic/<code>``: the register of the findings of a place, on what evidence, in the four parts of an AFOM."""
