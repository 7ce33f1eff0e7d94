"""The admin's pages: who works in a clinic, in which role, with which credentials."""
