"""Characters and dimensions of the irreducible representations of O(n), U(n) and Sp(n), in integers and residues."""
