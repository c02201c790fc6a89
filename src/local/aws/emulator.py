"""Starts the emulator: closed to browsers and to scripts, and judging as AWS does."""

import judging
import ministack.app as emulator
from ministack.services import glue, kinesis

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


# Kinesis' numbers have no zeros before them (API reference, SequenceNumber); these had seven, and were compared as
# text: who came back with the number itself was sent behind the last record.
number_of_next_record = kinesis._next_sequence_number

judging.mend()
kinesis._next_sequence_number = lambda: number_of_next_record().lstrip("0")
emulator.app = refuse_browsers
glue._execute_subprocess = refuse_script
emulator.main()
