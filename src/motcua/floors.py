"""The order of the rooms, read from the ground up.

A room imports only rooms below it; rooms on one floor never import each other; what must react above is
told by an event. Installed apps, migrations, docs and `tests/house/test_floors.py` follow this order.
`config` stands beside the house: it imports every room and is imported by none.
"""

FLOORS: tuple[tuple[str, ...], ...] = (
    ("kernel",),
    ("foundation",),
    ("accounts",),
    ("agencies",),
    ("people",),
    ("catalogue", "files", "notices", "signing"),
    ("registers",),
    ("dossiers", "sealing"),
    ("cooperation", "reorganisation", "queue", "notes", "papers"),
    ("standing",),
    ("issuing",),
    (
        "forecast",
        "rehearsal",
        "simulation",
        "reporting",
        "editing",
        "digitising",
        "certificates",
        "retention",
        "privacy",
        "inspection",
    ),
    ("assistant", "precheck"),
    ("helpline",),
    ("portal", "counter", "operations"),
)

# What a neighbour may import of a room (a module or a package of this name); kernel and foundation are
# tool rooms: every public module of theirs is a door.
DOORS = ("rules", "actions", "queries", "events", "errors")
OPEN_ROOMS = ("kernel", "foundation")

ROOMS: tuple[str, ...] = tuple(room for floor in FLOORS for room in floor)


def floor_of(room: str) -> int:
    """Return the floor number (0 is the ground) of a room; KeyError for a name that is no room."""
    for number, floor in enumerate(FLOORS):
        if room in floor:
            return number
    raise KeyError(room)
