"""The rules, one topic a file. Each is a row of words and source beside a short check."""
