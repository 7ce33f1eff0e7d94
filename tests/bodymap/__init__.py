"""The body map: its geometry, its words, its template and its script; no database."""
