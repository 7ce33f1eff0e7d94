"""What is given or planned beside the touch, at its time."""
