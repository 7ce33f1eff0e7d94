"""Store the drawings of the examples anew, after they have been looked at.

python -m tests.charts.golden
"""

from tests.charts.test_golden import GOLDEN, SHEETS, drawn, kept

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, size in SHEETS:
        kept(name, size).write_text(f"{drawn(name, size)}\n", encoding="utf-8")
