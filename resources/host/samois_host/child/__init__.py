"""What runs in a child process: a warm interpreter that becomes the server or runs one job."""
