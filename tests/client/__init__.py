"""What all providers share."""
