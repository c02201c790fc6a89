#!/usr/bin/env bash
# Loads the sample into the sample database of deploy/firn.yaml. For a CloudShell in the VPC, with the security group
# ProducerSecurityGroupId; finds host and secrets in the pipeline.yaml of the folder above. Running it again changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "load: $1" >&2
  exit 2
}

# The value in the one line of pipeline.yaml that matches.
found() {
  local value
  value=$(sed -n "s|$1|\1|p" ../pipeline.yaml)
  [ -n "$value" ] || fail "Cannot load sample: pipeline.yaml is not the output Pipeline of the stack: it has no $2."
  echo "$value"
}

password() {
  aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text | jq -er .password
}

command -v psql >/dev/null || fail "Cannot load sample: psql is not installed. Run: sudo dnf install -y postgresql15"

host=$(found '^ *url: "jdbc:postgresql://\([^:]*\):.*' 'source.url')
role=$(found '^ *user: \(.*\)' 'source.user')
secret=$(found '^ *password: "\${secret:\(.*\)}"' 'source.password')
master=$(found '^# .*master password: \(.*\)' 'ARN of the master password')

PGPASSWORD=$(password "$master")
role_password=$(password "$secret")
export PGPASSWORD
psql "host=$host dbname=shop user=postgres sslmode=verify-full sslrootcert=../rds.pem" \
  --no-psqlrc --quiet --set=role="$role" --set=password="$role_password" --file=load.sql
echo "load: the sample is in $host"
