"""What all providers share: how an account is asked, and how its answer is read."""
