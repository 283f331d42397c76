"""Files that may be damaged or hostile, opened in a process of its own, whose memory, time, disk and cells are bounded.

One door, `layers.enclosure.door`: a path in, values out (`layers.enclosure.values`). What dies inside is told as an
`UnreadableFile`, with the file's name and what to do.
"""
