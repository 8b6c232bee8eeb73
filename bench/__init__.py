"""What API Credits costs in processor time and memory, beside the least possible and `rest`."""
