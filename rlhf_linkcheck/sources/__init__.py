"""Everybody who can be asked about a link; ``registry`` lists them, and importing that imports the network."""
