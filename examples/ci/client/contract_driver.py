"""Makes one call for the contract kit. Exit status 0: the number was obtained. 3: the client handled a refusal."""
import os, sys
from one_tap import Refused, phone_number

env = {name.removeprefix("CMPASSPORT_"): value for name, value in os.environ.items()}
app = {"id": env["APP_ID"], "key": env["APP_KEY"], "secret": env["APP_SECRET"]}
try:
    sys.exit(0 if phone_number(env["BASE_URL"], app, env["TOKEN"]) == env["PHONE_NUMBER"] else 1)
except Refused as reason:
    print(reason)
    sys.exit(3)
