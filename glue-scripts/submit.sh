#!/usr/bin/env bash
# Uploads the code of a Glue job to AWS, creates or updates the job, runs it and waits for it to finish.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: glue-scripts/submit.sh --bucket BUCKET [options]

Uploads the jar, the script and pipeline.yaml (for verify also pgjdbc and the file of source.ssl_root_certificate),
creates or updates the Glue job, starts a run, waits for it to finish and prints its last lines.

  --bucket BUCKET           bucket of the code: the output CodeBucketName of deploy/
  --job merge|verify|…      which job, any verb of firn-etl (default: merge)
  --glue-version 6.0|5.1    version of AWS Glue, and of the jar (default: 6.0)
  --config FILE             configuration to upload (default: pipeline.yaml)
  --name NAME               prefix of the names of job and trigger (default: firn, for the job firn-merge)
  --jar FILE                firn-etl's jar (default: the one that was built for this version of Glue)
  --driver FILE             pgjdbc's jar, for verify (default: the one of the build)
  --schedule 'cron(…)'      when to run, in UTC; without this option an existing schedule is kept
  --no-start                only upload, and create or update
  --every SECONDS           interval of polling the state of the run (default: 10)

An existing job keeps its values of the following options. In brackets: the default for a new job.

  --role ROLE               name or ARN of its IAM role (required)
  --worker-type TYPE        size of a worker (G.1X)
  --workers NUMBER          maximum number of workers of a run, including the driver (4)
  --timeout MINUTES         time after which a run is stopped (120)
  --retries NUMBER          number of retries by Glue itself (0: the next scheduled run is the retry)
  --security NAME           security configuration (none)
  --connection NAME         connection to the network of the source, for verify (none)

The following options are not kept: without them the job has none afterwards.

  --conf KEY=VALUE          a setting of Spark; may be given more than once

Environment: all variables of the AWS CLI, version 1 or 2: AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL and so on
Exit codes: 0 done, 1 fault, 2 configuration, 3 the data needs a decision, 130 interrupted: the run continues
TEXT
}

# Maximum size of all names and values together. https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html:
# "Job arguments have a maximum size limit of 260KB."
readonly ARGUMENT_BYTES=260000
# "Jobs must have timeout values less than 7 days or 10080 minutes": https://docs.aws.amazon.com/glue/latest/webapi/API_JobUpdate.html
readonly TIMEOUT_MINUTES=10079
readonly FAILED_LOOKS=5
readonly SILENT_SECONDS=60
readonly LAST_LINES=100

say() {
  echo "firn: $1" >&2
}

fail() {
  say "$1"
  exit "${2:-2}"
}

require_number() {
  case $2 in
    '' | *[!0-9]* | 0?* | ??????*) ;;
    *) [ "$2" -lt "$3" ] || [ "$2" -gt "$4" ] || return 0 ;;
  esac
  fail "Cannot take $1: a number from $3 to $4 is expected: $2."
}

require_words() {
  case $2 in
    *[[:cntrl:]]*) fail "Cannot take $1: it contains line breaks or control characters." ;;
  esac
}

check_options() {
  [ -n "$bucket" ] || fail "Cannot submit $job: no bucket is given: --bucket. Use the output CodeBucketName of deploy/."
  case $bucket in
    *[!a-z0-9.-]*) fail "Cannot take --bucket: only the name of a bucket is expected: $bucket. Omit s3:// and folders." ;;
  esac
  case $name in
    [a-z]*) ;;
    *) fail "Cannot take --name: it must start with a lower-case letter: $name." ;;
  esac
  case $name in
    *[!a-z0-9-]*) fail "Cannot take --name: only lower-case letters, digits and hyphens are allowed: $name." ;;
  esac
  case $verb in
    merge | verify) ;;
    *)
      grep -q "^$verb$(printf '\t')" "$home/src/etl/target/verbs" 2>/dev/null ||
        fail "Cannot take --job: there is no such job: $verb. It is merge, verify, or another verb of firn-etl."
      ;;
  esac
  case $glue_version in
    6.0 | 5.1) ;;
    *) fail "Cannot take --glue-version: Firn is built for 6.0 and 5.1: $glue_version." ;;
  esac
  [ -z "$schedule" ] || check_schedule
  require_number --every "$every" 1 3600
  [ -z "$workers" ] || require_number --workers "$workers" 2 299
  [ -z "$timeout" ] || require_number --timeout "$timeout" 1 $TIMEOUT_MINUTES
  [ -z "$retries" ] || require_number --retries "$retries" 0 10
}

# Glue takes six fields: https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
check_schedule() {
  local six='^cron\([^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+\)$'
  [[ $schedule =~ $six ]] ||
    fail "Cannot take --schedule: cron(…) with six fields is expected: $schedule. Every 15 minutes: cron(0/15 * * * ? *)"
}

find_jar() {
  if [ -z "$jar" ]; then
    local build=$home/src/etl/target how="make build"
    if [ "$glue_version" = 5.1 ]; then
      build=$build/glue-5.1 how="mvn -Pglue-5.1 -Dquick -DskipTests package"
    fi
    for candidate in "$build"/firn-etl-*.jar; do
      case $candidate in
        *-tests.jar | *-sources.jar | *-javadoc.jar) ;;
        *) jar=$candidate ;;
      esac
    done
    [ -f "$jar" ] || fail "Cannot upload jar: it is not built for Glue $glue_version: $build. Run: $how, or give --jar."
  fi
  [ -f "$jar" ] || fail "Cannot upload jar: there is no such file: $jar."
}

find_driver() {
  [ "$verb" = verify ] || return 0
  local class_path=$home/src/etl/target/classpath
  if [ -z "$driver" ] && [ -r "$class_path" ]; then
    driver=$(tr ':' '\n' <"$class_path" | grep '/postgresql-[0-9][^/]*\.jar$' | head -n 1 || true)
  fi
  [ -n "$driver" ] || fail "Cannot upload pgjdbc: it is not named in the build: $class_path. Run: make build, or give --driver."
  [ -f "$driver" ] || fail "Cannot upload pgjdbc: there is no such file: $driver."
}

# The value of source.ssl_root_certificate in pipeline.yaml, in one line or in a block.
named_authorities() {
  local key="[{,[:space:]\"']ssl_root_certificate[\"']?[[:space:]]*:[[:space:]]*"
  local value="(\"([^\"]*)\"|'([^']*)'|([^,}]*))"
  local line text
  while IFS= read -r line || [ -n "$line" ]; do
    line=" ${line%$'\r'}"
    if [[ ${line%%[[:space:]]#*} =~ $key$value ]]; then
      text=${BASH_REMATCH[2]}${BASH_REMATCH[3]}${BASH_REMATCH[4]}
      printf '%s' "${text%"${text##*[![:space:]]}"}"
      return 0
    fi
  done <"$config"
}

# The job looks for them in the folder of its pipeline.yaml.
find_authorities() {
  [ "$verb" = verify ] || return 0
  authorities=$(named_authorities)
  authorities=${authorities#./}
  case $authorities in
    *://*) authorities='' ;;
    /* | ../* | */../*)
      fail "Cannot upload certificate authorities: Glue would not find source.ssl_root_certificate: $authorities. Put the file into the folder of $config, and use a path relative to it." ;;
  esac
  [ -z "$authorities" ] || [ -f "$(dirname "$config")/$authorities" ] ||
    fail "Cannot upload certificate authorities: there is no such file: $(dirname "$config")/$authorities. source.ssl_root_certificate names it."
}

find_files() {
  [ -f "$config" ] || fail "Cannot upload pipeline: there is no such file: $config. Give --config."
  find_jar
  find_driver
  find_authorities
}

# A text as a JSON string; an empty text stays empty.
quoted() {
  [ -n "$1" ] || return 0
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

argument() {
  printf '%s    %s: %s' "$separator" "$(quoted "$1")" "$(quoted "$2")"
  separator=$',\n'
}

# The arguments of deploy/templates/lake.yaml.
arguments() {
  local separator='' jars=$folder/firn-etl.jar
  if [ "$verb" = verify ]; then
    jars=$jars,$folder/$(basename "$driver")
  fi
  argument --job-language scala
  argument --class GlueApp
  argument --verb "$verb"
  argument --extra-jars "$jars"
  argument --datalake-formats iceberg
  argument --config "$folder/pipeline.yaml"
  [ "$verb" != merge ] || argument --sweep 24h
  argument --job-bookmark-option job-bookmark-disable
  argument --enable-auto-scaling true
  argument --enable-continuous-cloudwatch-log true
  [ -z "$conf" ] || argument --conf "$conf"
}

require_room() {
  local bytes
  bytes=$(arguments | wc -c | tr -d ' ')
  [ "$bytes" -le $ARGUMENT_BYTES ] ||
    fail "Cannot create job: its arguments are longer than the $ARGUMENT_BYTES bytes that Glue takes: $bytes. Give fewer --conf."
}

# Responses are read from files: a command in $(…) would hide an interrupt, and there are two streams to read.
ask() {
  aws "$@" </dev/null >"$work/answer" 2>"$work/error"
}

answer() {
  cat "$work/answer"
}

reason() {
  tr '\n' ' ' <"$work/error" | sed 's/^ *//; s/  */ /g; s/[. ]*$//'
}

is_missing() {
  grep -q 'EntityNotFoundException' "$work/error"
}

# Exits with the sentence that explains why AWS did not do $1.
refused() {
  local why
  why=$(reason)
  case $why in
    *NoSuchBucket*) fail "Cannot $1: there is no such bucket: $bucket. Give --bucket the output CodeBucketName of deploy/." ;;
    *'Could not connect to the endpoint'* | *'onnect timeout on endpoint'* | *'onnection was closed'*)
      fail "Cannot $1: AWS does not answer: $why. Check the network, the region, and AWS_ENDPOINT_URL if it is set." ;;
    *'nable to locate credentials'* | *ExpiredToken* | *'oken has expired'* | *InvalidClientTokenId* | *UnrecognizedClient* | *InvalidAccessKeyId* | *SignatureDoesNotMatch*)
      fail "Cannot $1: AWS does not accept your credentials: $why. Log in, or set AWS_PROFILE." ;;
    *'must specify a region'*) fail "Cannot $1: no region is set: $why. Set AWS_REGION." ;;
    *AccessDenied* | *'not authorized'* | *Forbidden*)
      fail "Cannot $1: your credentials do not allow it: $why. Allow it, or use others." ;;
    *InvalidInput* | *Validation* | *EntityNotFound*) fail "Cannot $1: AWS rejects the request: $why." ;;
    *) fail "Cannot $1: AWS failed: $why." 1 ;;
  esac
}

# Symbolic links give the files their names in the bucket; the CLI follows them.
upload() {
  mkdir "$work/code"
  link "$jar" firn-etl.jar
  link "$here/firn.scala" firn.scala
  link "$config" pipeline.yaml
  if [ "$verb" = verify ]; then
    link "$driver" "$(basename "$driver")"
  fi
  [ -z "$authorities" ] || link "$(dirname "$config")/$authorities" "$authorities"
  ask s3 cp "$work/code" "$folder" --recursive --only-show-errors || refused "upload code"
  say "uploaded to $folder: $(cd "$work/code" && echo *)"
}

link() {
  mkdir -p "$(dirname "$work/code/$2")"
  ln -s "$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")" "$work/code/$2"
}

# Glue removes whatever an update omits: UpdateJob, "Unspecified configuration is removed or reset to default
# values." So the current values are read first. Name comes last and is never null, so that the rest ends with a comma.
read_job() {
  local query=''
  for key in $kept GlueVersion Name; do
    query=$query${query:+,}$key:$key
  done
  if ask glue get-job --job-name "$job" --query "Job.{$query}" --output json; then
    is_new=false
    version_before=$(sed -n 's/^    "GlueVersion": "\(.*\)",$/\1/p' "$work/answer")
    known=$(sed -E -e '1d' -e '$d' -e '/^    "(GlueVersion|Name)": /d' -e '/^    "[A-Za-z]*": (null|""|\{\}),$/d' "$work/answer")
  elif is_missing; then
    is_new=true known='' version_before=''
  else
    refused "look at job $job"
  fi
}

# A setting without a value is kept.
setting() {
  if [ -n "$2" ]; then
    settings="$settings    \"$1\": $2,"$'\n'
  else
    kept="$kept $1"
  fi
}

take_settings() {
  settings=
  kept="NotificationProperty NonOverridableArguments ExecutionClass JobRunQueuingEnabled"
  setting Role "$(quoted "$role")"
  setting WorkerType "$(quoted "$worker_type")"
  setting NumberOfWorkers "$workers"
  setting Timeout "$timeout"
  setting MaxRetries "$retries"
  setting SecurityConfiguration "$(quoted "$security")"
  local connections=''
  [ -z "$connection" ] || connections="{\"Connections\": [$(quoted "$connection")]}"
  setting Connections "$connections"
}

take_defaults() {
  [ -n "$role" ] ||
    fail "Cannot create job $job: no role is given: --role. Use the role $verb of deploy/templates/lake.yaml: its output is MergeRoleArn."
  worker_type=${worker_type:-G.1X} workers=${workers:-4} timeout=${timeout:-120} retries=${retries:-0}
  take_settings
  known="    \"Name\": $(quoted "$job"),"$'\n'"    \"NotificationProperty\": {\"NotifyDelayAfter\": 30},"
}

definition() {
  local description="Runs $verb."
  case $verb in
    merge) description="Raw files become rows of the tables." ;;
    verify) description="Compares every table with the source, row by row, at one position." ;;
  esac
  cat <<JSON
{
$known
$settings    "Description": $(quoted "$description"),
    "GlueVersion": "$glue_version",
    "ExecutionProperty": {"MaxConcurrentRuns": 1},
    "Command": {"Name": "glueetl", "ScriptLocation": "$folder/firn.scala"},
    "DefaultArguments": {
$(arguments)
    }
}
JSON
}

# Both jobs use the same jar, and a jar fits only one version of Glue.
look_at_other_job() {
  [ "$version_before" != "$glue_version" ] || return 0
  local other=$name-merge
  if [ "$verb" = merge ]; then
    other=$name-verify
  fi
  ask glue get-job --job-name "$other" --query Job.GlueVersion --output text || return 0
  [ "$(answer)" = "$glue_version" ] ||
    say "job $other is on Glue $(answer) and uses the same jar: submit it too, with --glue-version $glue_version"
}

put_job() {
  definition >"$work/job.json"
  if $is_new; then
    ask glue create-job --cli-input-json "file://$work/job.json" || refused "create job $job"
    say "created job $job on Glue $glue_version"
  else
    ask glue update-job --job-name "$job" --job-update "file://$work/job.json" || refused "update job $job"
    say "updated job $job on Glue $glue_version"
  fi
}

put_schedule() {
  local actions description="Starts the $verb."
  actions="[{\"JobName\": $(quoted "$job")}]"
  if ask glue get-trigger --name "$trigger" --query 'Trigger.[Type,State]' --output text; then
    local kind state_before
    read -r kind state_before <"$work/answer"
    [ "$kind" = SCHEDULED ] || fail "Cannot set schedule: the trigger $trigger is of another kind: $kind. Delete it, or give another --name."
    ask glue update-trigger --name "$trigger" \
      --trigger-update "{\"Description\": $(quoted "$description"), \"Schedule\": $(quoted "$schedule"), \"Actions\": $actions}" ||
      refused "change trigger $trigger"
    [ "$state_before" = ACTIVATED ] || ask glue start-trigger --name "$trigger" || refused "start trigger $trigger"
    say "changed trigger $trigger: $schedule"
  elif is_missing; then
    ask glue create-trigger --name "$trigger" --description "$description" --type SCHEDULED --schedule "$schedule" \
      --actions "$actions" --start-on-creation || refused "create trigger $trigger"
    say "created trigger $trigger: $schedule"
  else
    refused "look at trigger $trigger"
  fi
}

start_run() {
  is_starting=true
  if ! ask glue start-job-run --job-name "$job" --query JobRunId --output text; then
    is_starting=false
    ! grep -q ConcurrentRunsExceeded "$work/error" ||
      fail "Cannot start $job: a run is in progress, and only one is allowed at a time: $job. The next run uses the new code. The run in progress is the first one listed by: aws glue get-job-runs --job-name $job" 1
    refused "start $job"
  fi
  run=$(answer)
  say "started $job: run $run"
}

interrupted() {
  trap '' INT TERM
  [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null || true
  if [ -n "$run" ]; then
    say "the run of $job continues. To stop it: aws glue batch-stop-job-run --job-name $job --job-run-ids $run"
  elif $is_starting; then
    say "a run of $job may have been started. To see it: aws glue get-job-runs --job-name $job"
  fi
  exit 130
}

# A signal interrupts wait at once, but not sleep.
pause() {
  sleep "$every" &
  sleeper=$!
  wait "$sleeper" || true
  sleeper=
}

# One per line, since the message may contain line breaks.
look() {
  ask glue get-job-run --job-name "$job" --run-id "$run" --output text \
    --query 'JobRun.[[JobRunState],[ExecutionTime],[LogGroupName],[ErrorMessage]]' || return 1
  state=$(sed -n 1p "$work/answer")
  seconds=$(sed -n 2p "$work/answer")
  log_group=$(sed -n 3p "$work/answer")
  message=$(sed -n '4,$p' "$work/answer" | tr '\n' ' ' | sed 's/[. ]*$//')
}

require_look() {
  local failures=0
  until look; do
    failures=$((failures + 1))
    [ $failures -lt $FAILED_LOOKS ] ||
      fail "Cannot follow $job: AWS does not report the state of its run: $(reason). The run continues: aws glue get-job-run --job-name $job --run-id $run" 1
    pause
  done
}

follow() {
  local begin=$SECONDS said='' since=0
  while :; do
    require_look
    case $state in
      SUCCEEDED | FAILED | STOPPED | TIMEOUT | ERROR | EXPIRED) return ;;
    esac
    if [ "$state" != "$said" ] || [ $((SECONDS - since)) -ge $SILENT_SECONDS ]; then
      say "$job is $state, $((SECONDS - begin)) s"
      said=$state since=$SECONDS
    fi
    pause
  done
}

# The streams of executors have longer names.
print_last_lines() {
  ask logs describe-log-streams --log-group-name "$log_group" --log-stream-name-prefix "$run" \
    --query 'logStreams[].[logStreamName]' --output text || return 1
  local streams is_printed=false
  streams=$(grep -x -e "$run" -e "$run-driver" "$work/answer") || return 1
  for stream in $streams; do
    if ask logs get-log-events --log-group-name "$log_group" --log-stream-name "$stream" --no-start-from-head \
      --limit $LAST_LINES --query 'events[].[message]' --output text && [ -s "$work/answer" ]; then
      answer
      is_printed=true
    fi
  done
  $is_printed
}

# Since Glue 5.0 the driver's two outputs are in this group: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
# With a security configuration the group has another name, which the run reports.
report() {
  case $log_group in
    '' | None) log_group=/aws-glue/jobs ;;
  esac
  log_group=${log_group%/}/output
  # The logs arrive a little later than the state.
  if print_last_lines || { pause && print_last_lines; }; then
    return
  fi
  local why=''
  if [ -s "$work/error" ] && ! grep -q ResourceNotFoundException "$work/error"; then
    why=" ($(reason))"
  fi
  say "no output of the run is available yet$why: CloudWatch Logs, group $log_group, stream $run"
}

# The job's message names the exit code of its verb (GlueMain); jars of earlier versions write "ended with exit code".
end() {
  if [ "$state" = SUCCEEDED ]; then
    say "$job is SUCCEEDED, $seconds s"
    return
  fi
  case $message in
    '' | None) message="run $run" ;;
  esac
  local code
  code=$(printf '%s' "$message" | sed -n 's/.*ed with \(exit \)\{0,1\}code \([23]\);.*/\2/p')
  fail "Cannot $verb: the run of $job ended as $state after $seconds s: $message. Its lines are in CloudWatch Logs: $log_group, $run" "${code:-1}"
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(dirname "$here")
bucket='' verb=merge glue_version=6.0 config=pipeline.yaml name=firn jar='' driver='' schedule='' starts=true every=10
role='' worker_type='' workers='' timeout='' retries='' security='' connection='' conf='' authorities=''

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --no-start)
      starts=false
      shift
      continue
      ;;
    --bucket | --job | --glue-version | --config | --name | --jar | --driver | --schedule | --every | --role) ;;
    --worker-type | --workers | --timeout | --retries | --security | --connection | --conf) ;;
    *) fail "Cannot submit: there is no such option: $1. Run: glue-scripts/submit.sh --help" ;;
  esac
  [ $# -gt 1 ] && [ -n "$2" ] || fail "Cannot submit: a value is missing: $1. Run: glue-scripts/submit.sh --help"
  require_words "$1" "$2"
  case $1 in
    --bucket) bucket=$2 ;;
    --job) verb=$2 ;;
    --glue-version) glue_version=$2 ;;
    --config) config=$2 ;;
    --name) name=$2 ;;
    --jar) jar=$2 ;;
    --driver) driver=$2 ;;
    --schedule) schedule=$2 ;;
    --every) every=$2 ;;
    --role) role=$2 ;;
    --worker-type) worker_type=$2 ;;
    --workers) workers=$2 ;;
    --timeout) timeout=$2 ;;
    --retries) retries=$2 ;;
    --security) security=$2 ;;
    --connection) connection=$2 ;;
    # Glue passes the single value of its --conf to Spark unchanged.
    --conf) conf=$conf${conf:+ --conf }$2 ;;
  esac
  shift 2
done

job=$name-$verb
trigger=$name-schedule
if [ "$verb" != merge ]; then
  trigger=$name-$verb-schedule
fi
folder=s3://$bucket/firn
run='' sleeper='' is_starting=false
check_options
find_files
require_room
command -v aws >/dev/null ||
  fail "Cannot submit $job: the AWS CLI was not found: PATH. Install version 1 or 2; to try it on this machine only: eval \"\$(bin/firn aws-local env)\""

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap interrupted INT TERM
export AWS_PAGER=''

take_settings
read_job
if $is_new; then
  take_defaults
fi
upload
put_job
look_at_other_job
[ -z "$schedule" ] || put_schedule
if $starts; then
  start_run
  follow
  trap 'exit 130' INT TERM
  report
  end
fi
