"""A site for the browser tests: the demo, and agencies that have no plan yet.

Run as a program with the port to serve on; the database and the home come from the environment.
"""

import sys

OFFICER = "officer"
PASSWORD = "hengtu-demo"
FRESH = tuple(f"澄海市試辦{number}所" for number in "一二三四五六")


def fill() -> None:
    """Import the samples and make the fresh agencies with their planning officer."""
    from hengtu.server.command import find_samples
    from hengtu.services import accounts, agencies, demo

    demo.fill(find_samples())
    system = accounts.system_actor()
    city = agencies.create_agency(actor=system, name="澄海市政府")
    officer = accounts.create_user(
        actor=system, username=OFFICER, password=PASSWORD, display_name="試辦承辦", demo=True
    )
    for name in FRESH:
        home = agencies.create_agency(actor=system, name=name, parent=city)
        accounts.grant_role(actor=system, user=officer, agency=home, role="planning_officer")


def main(port: int) -> None:
    """Fill the site and serve it until terminated."""
    from hengtu.server import run

    run.migrate()
    fill()
    run.serve(port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
