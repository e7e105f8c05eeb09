"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no failure, so no example has a deadline.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
