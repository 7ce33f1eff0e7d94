"""The round: whom to visit today, and the chart one opens at the bed."""
