"""Commands of `tiaoli` by theme; engine/cli.py gathers them."""
