#!/usr/bin/env bash
# An AWS on this machine: an emulator on the loopback address, in its own Python environment.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: firn aws-local [start|stop|status|env|install]

  start    start it if it is not running, and print what to export (the default)
  stop     stop it and delete all its data
  status   say whether it runs, and with what
  env      print what to export: eval "$(firn aws-local env)"
  install  only make its Python environment, as the first start does

Environment:
  FIRN_AWS_LOCAL_PORT     its port on 127.0.0.1: 4566; 0 for any that is free
  FIRN_AWS_LOCAL_FOLDER   where its log and process number are: target/aws-local; another one, another emulator
  FIRN_AWS_LOCAL_AUTH     false: every key may do everything; else only "test", and others what their policies allow
  FIRN_AWS_LOCAL_RECORD   true: every call is recorded in actions.log of the folder: key, allowed or denied, action, resource
  FIRN_PYTHON             a Python, 3.10 or newer; else python3 on the PATH
Exit codes: 0 done, 1 fault, 2 configuration, 3 it is not running
TEXT
}

# The services from kms on are for templates, and for the tests that inspect their resources.
readonly SERVICES=s3,kinesis,firehose,glue,athena,secretsmanager,iam,sts,cloudformation,kms,logs,monitoring,ec2,ecs,rds
readonly REGION=eu-west-1
readonly PATIENCE=60

fail() {
  echo "firn: $1" >&2
  exit "${2:-2}"
}

find_python() {
  python=$(command -v "${FIRN_PYTHON:-python3}") ||
    fail "Cannot start emulator of AWS: no Python is found: ${FIRN_PYTHON:-python3}. Install Python 3.10 or newer, or set FIRN_PYTHON to one. Firn itself does not need it."
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "Cannot start emulator of AWS: Python 3.10 or newer is needed: $("$python" --version 2>&1). Set FIRN_PYTHON to a newer one."
}

# The requirements are copied last: an incomplete environment is created again.
make_environment() {
  cmp -s "$here/requirements.txt" "$environment/requirements.txt" && return
  find_python
  echo "firn: making the emulator's Python environment, once: $environment" >&2
  rm -rf "$environment"
  "$python" -m venv "$environment" >&2 ||
    fail "Cannot make Python environment: the module venv does not work: $python. On Debian and Ubuntu: apt install python3-venv"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
    --requirement "$here/requirements.txt" >&2 ||
    fail "Cannot make Python environment: pip did not install all of it: $here/requirements.txt. It needs PyPI, or a mirror of it named in pip's own configuration." 1
  # What a person puts on the PATH: not this Python.
  mkdir -p "$environment/client"
  ln -s "$environment/bin/aws" "$environment/client/aws"
  cp "$here/requirements.txt" "$environment/requirements.txt"
}

# A process number alone may be another process by now.
is_running() {
  [ -r "$folder/pid" ] && pid=$(cat "$folder/pid") && ps -ww -p "$pid" -o args= 2>/dev/null | grep -qF "$here/emulator.py"
}

choose_port() {
  port=${FIRN_AWS_LOCAL_PORT:-4566}
  "$environment/bin/python" -c '
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", int(sys.argv[1])))
    print(s.getsockname()[1])' "$port" >"$folder/port" 2>/dev/null ||
    fail "Cannot start emulator of AWS: the port cannot be opened on 127.0.0.1: $port. Set FIRN_AWS_LOCAL_PORT to a free one, or to 0 for any."
  port=$(cat "$folder/port")
}

answers() {
  "$environment/bin/python" -c '
import sys, urllib.request
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=2)' \
    "http://127.0.0.1:$port/_ministack/health" 2>/dev/null
}

# Nothing of the caller's own AWS reaches it, and it opens no port but this one.
launch() {
  env -i PATH="$PATH" HOME="$folder" TMPDIR="$folder/tmp" LANG=C.UTF-8 \
    BIND_HOST=127.0.0.1 GATEWAY_PORT="$port" MINISTACK_HOST=localhost MINISTACK_REGION=$REGION \
    SERVICES=$SERVICES IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 LOG_LEVEL=WARNING \
    S3_DATA_DIR="$folder/s3" STATE_DIR="$folder/state" DOCKER_HOST="unix://$folder/none" \
    AUTH="${FIRN_AWS_LOCAL_AUTH:-true}" ACTIONS_LOG="$([ "${FIRN_AWS_LOCAL_RECORD:-}" = true ] && echo "$folder/actions.log")" \
    nohup "$environment/bin/python" -B "$here/emulator.py" </dev/null >"$folder/log" 2>&1 &
  pid=$!
  echo "$pid" >"$folder/pid"
}

start() {
  make_environment
  if ! is_running; then
    mkdir -p "$folder/tmp"
    choose_port
    launch
    local waited=0
    until answers; do
      kill -0 "$pid" 2>/dev/null || fail "Cannot start emulator of AWS: it ended at once: $(tail -n 3 "$folder/log"). See $folder/log" 1
      waited=$((waited + 1))
      [ $waited -lt $PATIENCE ] || fail "Cannot start emulator of AWS: it does not answer: 127.0.0.1:$port. See $folder/log" 1
      sleep 0.5
    done
    echo "firn: AWS emulator runs on 127.0.0.1:$port, process $pid; firn aws-local stop stops it and deletes its data" >&2
  fi
  print_env
}

stop() {
  if ! is_running; then
    rm -f "$folder/pid"
    echo "firn: AWS emulator is not running" >&2
    return
  fi
  kill "$pid"
  local waited=0
  while is_running; do
    waited=$((waited + 1))
    [ $waited -ne 50 ] || kill -9 "$pid"
    sleep 0.2
  done
  rm -f "$folder/pid"
  echo "firn: AWS emulator is stopped" >&2
}

require_running() {
  is_running || fail "Cannot reach emulator of AWS: it is not running: $folder. Run: firn aws-local start" 3
  port=$(cat "$folder/port")
}

status() {
  require_running
  echo "running on 127.0.0.1:$port, process $pid, log $folder/log"
}

print_env() {
  require_running
  cat <<TEXT
export AWS_ENDPOINT_URL=http://127.0.0.1:$port
export AWS_REGION=$REGION
export AWS_DEFAULT_REGION=$REGION
export AWS_ACCESS_KEY_ID=test
export AWS_SECRET_ACCESS_KEY=test
export AWS_EC2_METADATA_DISABLED=true
export PATH="$environment/client:\$PATH"
unset AWS_SESSION_TOKEN AWS_PROFILE
TEXT
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
own=$here/../../../target/aws-local
folder=${FIRN_AWS_LOCAL_FOLDER:-$own}
mkdir -p "$folder" "$own"
folder=$(cd "$folder" && pwd -P)
environment=$(cd "$own" && pwd -P)/python

case ${1:-start} in
  start) start ;;
  stop) stop ;;
  status) status ;;
  env) print_env ;;
  install) make_environment ;;
  -h | --help | help) usage ;;
  *) fail "Cannot run aws-local: there is no such action: $1. Run: firn aws-local --help" ;;
esac
