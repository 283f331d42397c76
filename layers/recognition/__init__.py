"""What a table says: its dialect and its header, the meaning of each column, the class of each row.

Offers `opening.open_source`: a path to a table whose columns have a meaning, and what is asked where it is not sure.
May import the files below it (`sourcefile`, `enclosure`), identifiers and values; knows no reader and no release.
"""
