"""``/atelier``: meetings of a place are prepared, led before a room and followed on telephones."""
