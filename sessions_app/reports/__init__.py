"""Reports that somebody asks for, and that need a statistics library the app starts without."""
