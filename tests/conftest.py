"""What holds for all tests."""

import os

from hypothesis import HealthCheck, settings

# A busy machine is no failure, so no example has a deadline and no test is too slow. In CI the
# examples are the same every time, so that a change is judged by itself; at home they are new ones.
settings.register_profile("home", deadline=None, suppress_health_check=(HealthCheck.too_slow,))
settings.register_profile("ci", settings.get_profile("home"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")
