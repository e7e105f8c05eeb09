"""The only rooms that talk to the network: one client, its limits, and what its answers mean."""
