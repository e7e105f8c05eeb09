"""What a page says of itself: from bytes to text, from text to signs; pure, without the network."""
