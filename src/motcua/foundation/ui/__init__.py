"""The look of the house: components, icons, navigation and formats that every face uses.

Templates load it with `{% load ui %}`; docs/reference/ui.md shows each piece. It knows no business: rooms tell it
what stands in the navigation (`navigation.register`) and hand finished values to its components.
"""
