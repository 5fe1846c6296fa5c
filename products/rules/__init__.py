"""What follows from facts: plain values in, plain values out.

Nothing here knows Django, a database, a request or today's date, so that every
rule can be tested with a table of published figures and read on the method page.
Rules answer with codes and numbers; templates put the words on. Masses and money
are `Decimal`, an unknown is `None` and stays so, and each module carries the
`VERSION` of its rule, so that results of an older one can be found and redone.
"""
