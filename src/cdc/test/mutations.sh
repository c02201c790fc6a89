#!/usr/bin/env bash
# Breaks a copy of the producer in one way after another, and expects its randomized test to see each.
# A mutation is: name | file | Perl substitution.
set -euo pipefail
cd "$(dirname "$0")/../../.."

maven=${MAVEN:-mvn -B}
seeds=${SEEDS:-4}
main=src/cdc/main/java/dev/firn/cdc
test=src/cdc/test/java/dev/firn/cdc/capture
mutations=(
  "acknowledge early|$main/output/CommitLedger.java|s/events\(\) <= lowest/events() <= Long.MAX_VALUE/"
  "order by arrival|$test/Fold.java|s/new Fold\(Comparator.comparing\(ChangeEvent::position\), ChangeEvent::position\)/new Fold(Comparator.comparing(event -> 0), ChangeEvent::position)/"
  "tell events apart by their LSN alone|$test/Fold.java|s/ChangeEvent::position\), ChangeEvent::position/ChangeEvent::position), event -> event.position().lsn()/"
  "give all events of a transaction one place|$main/event/ChangeAssembler.java|s/seq\+\+\)/seq)/"
  "take refused records for taken|$main/output/PutBatch.java|s/errorCode\(\) != null/errorCode() == \"never\"/"
  "let snapshot rows win over changes|$main/snapshot/SnapshotPoint.java|s/consistentPoint\(\) - 1/consistentPoint() + (1L << 40)/"
  "forget the old key|$main/event/ChangeAssembler.java|s/!shape.hasSameKey\(row, old.get\(\).row\(\)\)/row == null/"
  "take unchanged for null|$main/pgoutput/Tuple.java|s/from\[column\] = UNCHANGED/from[column] = NULL/"
)

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/firn"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy/firn"

survived=0
for mutation in "${mutations[@]}"; do
  IFS='|' read -r name file substitution <<<"$mutation"
  cp "$file" "$copy/original"
  perl -pi -e "$substitution" "$copy/firn/$file"
  if cmp -s "$copy/original" "$copy/firn/$file"; then
    echo "NOT APPLIED  $name: $file has changed" && survived=1
    continue
  fi
  if (cd "$copy/firn" && $maven -q -Dquick -pl src/contract,src/pipeline,src/source,src/aws,src/cdc test \
      -Dtest=RandomizedCaptureTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.seeds="$seeds") >"$copy/log" 2>&1; then
    echo "SURVIVED     $name" && survived=1
  elif grep -q 'COMPILATION ERROR' "$copy/log"; then
    echo "NOT COMPILED $name" && survived=1
  else
    echo "seen         $name"
  fi
  cp "$copy/original" "$copy/firn/$file"
done
exit $survived
