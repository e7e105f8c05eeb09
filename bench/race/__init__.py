"""Ours and its peers, side by side, in simulated webs: `make bench`."""
