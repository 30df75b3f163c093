"""``python -m kimdesk.cage --cage serve MODULE``: a helper of a program that is not frozen."""

import sys

from kimdesk.cage.helper import called

if __name__ == "__main__":
    sys.exit(called(sys.argv[1:]))
