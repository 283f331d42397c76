"""``python -m dashboard`` is ``ess``."""

from dashboard.cli import main

if __name__ == "__main__":
    main()
