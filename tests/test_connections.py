"""Connections to stores: whose allowance each of them uses."""

from pathlib import Path

from cancel_desk.desk import open_desk


def test_two_sellers_never_share_an_allowance(tmp_path: Path) -> None:
    environ = {"CANCEL_DESK_CLIENT_ID": "one", "CANCEL_DESK_CLIENT_SECRET": "s"}
    connections = open_desk(tmp_path, environ).connections
    first = connections.connect("env")
    environ["CANCEL_DESK_CLIENT_ID"] = "two"
    second = connections.connect("env")
    practice = connections.connect("practice")
    clients = [each.client for each in (first, second, practice)]
    assert len({id(pace) for each in clients for pace in (each.cancel_pace, each.read_pace)}) == 6
    for each in (first, second, practice):
        each.close()


def test_what_one_connection_used_the_next_one_knows_of(tmp_path: Path) -> None:
    environ = {"CANCEL_DESK_CLIENT_ID": "one", "CANCEL_DESK_CLIENT_SECRET": "s"}
    connections = open_desk(tmp_path, environ).connections
    first = connections.connect("env")
    first.close()
    again = connections.connect("env")
    assert again.client.cancel_pace is first.client.cancel_pace
    assert again.client.read_pace is first.client.read_pace
    again.close()
