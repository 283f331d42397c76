"""Grants, whatever the file that lists them: read by what its columns mean.

Offers `layout.reader` (a layout and the columns of a file to a reader). May import recognition, the values, what
readers share; no other reader.
"""
