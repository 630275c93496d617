"""Take in what people decide and settle on the desk, and have it take effect."""
