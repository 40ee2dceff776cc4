"""`python -m motcua.config` is the command line, where the `motcua` script is not on the path."""

import sys

from .cli import main

sys.exit(main())
