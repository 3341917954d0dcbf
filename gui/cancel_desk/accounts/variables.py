"""The environment variables that describe an account."""

CLIENT_ID = "CANCEL_DESK_CLIENT_ID"
CLIENT_SECRET = "CANCEL_DESK_CLIENT_SECRET"  # noqa: S105 - the name of a variable
BASE_URL = "CANCEL_DESK_BASE_URL"
MARKET = "CANCEL_DESK_MARKET"
