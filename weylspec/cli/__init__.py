"""The command line: ``weylspec count "Sphere(2) / PointGroup('Ih')" 1e6`` and its sisters.

Exit status: 0 fine, 1 a verdict is "failed" or "undecided", 2 bad input or a question that is not
offered (one line on standard error says what is wrong and how to mend it), 130 interrupted. Every
command imports what it needs when it runs, so that ``count`` starts at once.
"""

from weylspec.cli.program import main as main
from weylspec.cli.words import exact_number as exact_number
