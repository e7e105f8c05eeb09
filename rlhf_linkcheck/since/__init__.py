"""What a change touches, and what was there before it."""
