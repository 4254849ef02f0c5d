"""Code that is not ours, in a child process: what happens in there becomes one error and cannot take this process."""
