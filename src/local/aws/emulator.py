"""Starts the emulator: closed to browsers and to scripts, and judging as AWS does."""

import cbor2
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


# It would execute a job's Python code with the rights of the user who started the emulator.
def refuse_script(run, job, args, resolved):
    run["JobRunState"] = "FAILED"
    run["ErrorMessage"] = "Cannot run job: no scripts are run here: " + resolved


# The SDK's client of Kinesis reads the times of an answer in CBOR as milliseconds; these were seconds, in January 1970.
answer_of_kinesis = kinesis.handle_request


async def answer_in_milliseconds(*call):
    status, headers, body = await answer_of_kinesis(*call)
    if headers.get("Content-Type") == "application/x-amz-cbor-1.1" and isinstance(body, bytes):
        body = cbor2.dumps(in_milliseconds(cbor2.loads(body)))
    return status, headers, body


def in_milliseconds(node):
    if isinstance(node, dict):
        return {
            key: int(value * 1000) if key.endswith("Timestamp") else in_milliseconds(value) for key, value in node.items()
        }
    return [in_milliseconds(value) for value in node] if isinstance(node, list) else node


# Kinesis' numbers have no zeros before them (API reference, SequenceNumber); these had seven, and were compared as
# text: a reader that sent such a number back was placed after the last record.
number_of_next_record = kinesis._next_sequence_number

judging.correct()
kinesis.handle_request = answer_in_milliseconds
kinesis._next_sequence_number = lambda: number_of_next_record().lstrip("0")
emulator.app = refuse_browsers
glue._execute_subprocess = refuse_script
emulator.main()
