"""``python -m desktop_app`` and the command ``invest-desk``."""

import sys


def main() -> None:
    """Start the window or the command line, whichever the arguments ask for."""
    from desktop_app.app import main as start

    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()
