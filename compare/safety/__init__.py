"""How much is safe, with what and for whom; and what a reader says of themselves, kept for a visit."""
