"""The clinic's words: one closed list a module, each code with its label and its meaning.

Plain Python. The only place in which a code is spelt; everything else names the member.
"""
