"""What the kills of a run are judged by."""
