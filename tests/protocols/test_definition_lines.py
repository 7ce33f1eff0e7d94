"""Where each key of a TOML text stands."""

from sessions_app.protocols.toml_lines import line_numbers

AWKWARD = """\
# code = "not this"
code = "a # b"
"my key" = 'x = [1,'
d.e = 3
long = \"\"\"
[not.a.table]
x = "y" \\\"\"\"
\"\"\"
raw = '''
y = ['''

[source]  # comment [with] brackets
doi = "1"
[[rows]]
code = "a"
[[rows]]
code = "b"   # [x]
list = [
   "one", "two",  # a note, with a comma
   "three]",

   [1, 2], {a = 1},
]
empty = []
[rows.sub]
z = 1
[arms.massage]
techniques = ["a",
  "b"]
"""


def test_every_key_of_an_awkward_text_is_found() -> None:
    found = line_numbers(AWKWARD)
    wanted = {
        ("code",): 2,
        ("my key",): 3,
        ("d", "e"): 4,
        ("long",): 5,
        ("raw",): 9,
        ("source",): 12,
        ("source", "doi"): 13,
        ("rows", 0, "code"): 15,
        ("rows", 1, "code"): 17,
        ("rows", 1, "list", 0): 19,
        ("rows", 1, "list", 1): 19,
        ("rows", 1, "list", 2): 20,
        ("rows", 1, "list", 3): 22,
        ("rows", 1, "empty"): 24,
        ("rows", 1, "sub", "z"): 26,
        ("arms",): 27,
        ("arms", "massage", "techniques", 0): 28,
        ("arms", "massage", "techniques", 1): 29,
    }
    assert {path: found[path] for path in wanted} == wanted


def test_text_inside_strings_and_comments_is_no_key() -> None:
    found = line_numbers(AWKWARD)
    assert not {("x",), ("y",), ("not",)} & set(found)


def test_an_empty_text_has_no_keys() -> None:
    assert line_numbers("") == {}
    assert line_numbers("# nothing\n\n") == {}
