"""Two strings in, a graded comparison out; pure."""
