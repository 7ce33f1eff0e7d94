"""The trials' protocols: files that are checked, published once for each version, and kept."""
