"""Pictures, HTML tables and pages made of plain arrays and strings.

Nothing here knows what a manifold is: the layers above hand in arrays, functions of arrays and
names, and get back axes of matplotlib or text. Colours are those of Okabe and Ito (2008), which stay
apart under every common colour blindness; fields are drawn in a diverging map centred at zero.
"""
