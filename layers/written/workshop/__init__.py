"""Workshops: meetings of a place, their scenes, what participants send, and what it adds up to.

A meeting is *prepared*, then *open*, then *closed*. While it is open a participant is a telephone and a college; when
it closes the telephones are forgotten, and what they sent can no longer be told apart (domain, sections 2 and 4).
"""
