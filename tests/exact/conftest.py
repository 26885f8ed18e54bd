"""The first call of a compiled loop may compile it: no deadline for single examples."""

from hypothesis import settings

settings.register_profile("compiled", deadline=None)
settings.load_profile("compiled")
