"""Starts the emulator, less what would let others run code on this machine through it."""

import ministack.app as emulator
from ministack.services import glue

serve = emulator.app


# The emulator lets pages of every site call it (Access-Control-Allow-Origin: *). Browsers name the site; SDKs do not.
async def refuse_browsers(scope, receive, send):
    if scope["type"] == "http" and any(name == b"origin" for name, _ in scope["headers"]):
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b"Cannot answer: no calls from browsers"})
    else:
        await serve(scope, receive, send)


# It would run the Python of whoever asks for a job, as the person who started it.
def refuse_script(run, job, args, resolved):
    run["JobRunState"] = "FAILED"
    run["ErrorMessage"] = "Cannot run job: no scripts are run here: " + resolved


emulator.app = refuse_browsers
glue._execute_subprocess = refuse_script
emulator.main()
