"""Attacks on what is public: releases that differ in hidden cells alone give the same bytes, wherever one asks."""
