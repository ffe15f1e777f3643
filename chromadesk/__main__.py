"""``python -m chromadesk``."""

from __future__ import annotations

from chromadesk.cli import main

if __name__ == "__main__":
    main()
