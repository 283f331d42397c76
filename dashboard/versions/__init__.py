"""``/diagnostic/<code>/versions``: a diagnostic is frozen, proposed, validated, compared and reported."""
