"""One module per command of `motcua`: `NAME`, `register(subparsers)`, `run(args) -> int`."""
