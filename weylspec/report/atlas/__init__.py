"""The atlas: Weyl's law verified over everything that the library knows, one row for each space.

A row holds dimension, volume and walls, N(λ) at three λ, what a fit of the window means says of exponent and
constant, the verdict, and a second route to the row's counts that shares no code with the first. Rows are
independent of one another: they are shared out to processes, and each is written to a checkpoint when it is done.
"""
