"""May this be given, where, and how firmly?

Plain Python over frozen values: no database, no clock. It reminds, it never clears: the answer is
always a limit and its reason, never a permission.
"""
