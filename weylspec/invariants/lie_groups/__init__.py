"""Compact Lie groups modulo the isometries x ↦ hxk⁻¹: fixed sets, volumes, multiplicities."""
