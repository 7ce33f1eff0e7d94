"""The clinic's words: lists, sites, scales; no database."""
