"""Corrects the emulator's authorization of Firn's calls where AWS decides differently, and records all decisions."""

import os

import cbor2
import ministack.app as emulator
from ministack.core import iam_actions, iam_evaluator
from ministack.core.router import extract_access_key_id, extract_region
from ministack.services import kinesis, s3

read_json_field = iam_actions._safe_json_field
find_resource = iam_actions.extract_resource_arn
judge = iam_evaluator.enforce
serve_s3 = emulator.SERVICE_HANDLERS["s3"]

# Where the request names the table or the database.
TABLE_CALLS = {"CreateTable": "TableInput", "UpdateTable": "TableInput", "GetTable": None, "DeleteTable": None}
DATABASE_CALLS = {"CreateDatabase": "DatabaseInput", "GetDatabase": None, "DeleteDatabase": None}


# The emulator expects JSON, and answers 500 to the SDK's client of Kinesis, which speaks CBOR.
def read_field(body, field):
    try:
        return read_json_field(body, field)
    except UnicodeDecodeError:
        return cbor2.loads(body).get(field, "") or ""


def resource_of(service, method, path, headers, body, query_params, region, account):
    found = find_resource(service, method, path, headers, body, query_params, region, account)
    if service == "glue":
        call = iam_actions._action_from_target(headers)
        return glue_resource(call, body, f"arn:aws:glue:{region}:{account}") or found
    # A shard iterator identifies its stream, which the emulator overlooks.
    iterator = kinesis._shard_iterators.get(read_field(body, "ShardIterator")) if service == "kinesis" else None
    return iterator["stream_arn"] if iterator else found


# The emulator takes a database for a table, and a table for its database.
def glue_resource(call, body, account):
    if call in DATABASE_CALLS:
        return f"{account}:database/{named(body, DATABASE_CALLS[call])}"
    if call in TABLE_CALLS:
        return f"{account}:table/{read_field(body, 'DatabaseName')}/{named(body, TABLE_CALLS[call])}"
    return None


def named(body, part):
    return read_field(body, part).get("Name") if part else read_field(body, "Name")


# Glue also requires rights on the parents of a table or a database (AWS Glue Developer Guide, Specifying AWS Glue
# resource ARNs).
def resources(service, resource):
    above, _, name = resource.rpartition(":")
    kind, *names = name.split("/")
    if service == "glue" and kind in ("database", "table"):
        yield f"{above}:catalog"
        if kind == "table":
            yield f"{above}:database/{names[0]}"
    yield resource


def judge_all(key, action, service, region, resource_arn="*", service_context=None):
    for resource in resources(service, resource_arn):
        denied = judge(key, action, service, region, resource_arn=resource, service_context=service_context)
        record(key, "denied" if denied else "allowed", action, resource)
        if denied:
            return denied
    return None


def record(*columns):
    if log:
        print(*columns, sep="\t", file=log, flush=True)


# A caller without the right to list the bucket does not learn that an object is missing: S3 answers 403 (Amazon S3 API Reference,
# GetObject, Permissions). The emulator answers 404 to all.
async def hide_missing(method, path, headers, body, query_params):
    answer = await serve_s3(method, path, headers, body, query_params)
    bucket, _, key = path.lstrip("/").partition("/")
    if emulator.AUTH and answer[0] == 404 and method in ("GET", "HEAD") and key:
        caller = extract_access_key_id(headers, query_params)
        bucket = f"arn:aws:s3:::{bucket}"
        if judge_all(caller, "s3:ListBucket", "s3", extract_region(headers, query_params), resource_arn=bucket):
            return s3._error("AccessDenied", "Access Denied", 403)
    return answer


def correct():
    iam_actions._safe_json_field = read_field
    iam_actions.extract_resource_arn = resource_of
    iam_evaluator.enforce = judge_all
    emulator.SERVICE_HANDLERS["s3"] = hide_missing


log = open(os.environ["ACTIONS_LOG"], "w", encoding="utf-8") if os.environ.get("ACTIONS_LOG") else None
