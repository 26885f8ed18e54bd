"""Pages made of results: a report on one space, and a gallery of examples with their verdicts.

Nothing is computed here that the layers below do not compute; a report asks them in turn, keeps what
they refuse together with their reason, and lays the answers out as text, plain data or a page.
"""
