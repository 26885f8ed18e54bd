"""Compact Lie groups in integers: root data, Weyl's dimension formula, dominant weights, characters in F_p."""
