"""One decision by four engines, measured in one run: `make bench`, or `python -m bench`."""
