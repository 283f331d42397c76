"""``/guide/<key>``: three guides in French, a page each, with pictures that a test keeps true."""
