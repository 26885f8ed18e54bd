"""Invariant multiplicities as averages over a group, class by class or by its structure; exact."""
