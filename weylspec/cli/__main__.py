"""``python -m weylspec.cli``."""

import sys

from weylspec.cli.program import main

sys.exit(main())
