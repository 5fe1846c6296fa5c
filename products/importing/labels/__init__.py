"""Label records of other databases: NIH's DSLD and Open Food Facts.

A file is opened by `files`, each of its records is read by `dsld`, `dsld_tables` or
`open_food_facts` into one `LabelRecord`, `composition` tells magnesium from its compounds, and
`facts` says it as the columns of a product. None of these asks the database. `planning` holds that
against what is there, `taking` writes it.
"""
