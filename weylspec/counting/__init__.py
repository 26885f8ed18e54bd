"""Counting functions and Weyl's law: terms from geometry, verdicts on spectra.

N(λ; G) ~ c_d vol(M/G) λ^{d/2}, c_d = ω_d/(2π)^d (Weyl 1911 for M; Tahmasebi and Jegelka 2023 for M/G, as
recalled; the text was not at hand). `weyl_law` gives the terms, `verify_weyl` the verdict.

`remainder_exponent` measures how fast N strays from the law, `level_statistics` how levels are spaced,
`estimate_dimension_and_volume` reads the law backwards, and `compare_spectra` tells spaces apart.
"""
