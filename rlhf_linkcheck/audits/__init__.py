"""An audit and its memory: what earlier ones saw, and what has become of it since."""
