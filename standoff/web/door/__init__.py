"""Let in who comes to the desk, with what they may do, and keep out what should not come."""
