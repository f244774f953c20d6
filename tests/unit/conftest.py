"""Settings of the property tests: no test asserts on a clock."""

from hypothesis import settings

settings.register_profile("workshop", deadline=None)
settings.load_profile("workshop")
