"""Write the generated pages of the docs (see motcua.config.reference)."""

from motcua.config import cli, reference

cli.set_up_django()
for name in reference.write():
    print(f"written: {name}")
