"""What lies beneath `fetch`: who is asked what, what is heard of each link, and what is worth asking besides."""
