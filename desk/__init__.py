"""The web desk: what operators, seniors and officers see in a browser."""
