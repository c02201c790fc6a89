#!/usr/bin/env bash
# Breaks a copy of the merge in one way after another, and expects its differential test to see each.
# A mutation is: name | file | Perl substitution | first seed. SEEDS= sets how many are tried.
set -euo pipefail
cd "$(dirname "$0")/../../.."

maven=${MAVEN:-mvn -B}
seeds=${SEEDS:-3}
only=${ONLY:-}
main=src/etl/main/java/dev/firn/etl
sql=$main/merge/MergeSql.java
mutations=(
  "apply a duplicate again|$sql|s/WHEN %1\\\$s > t._firn_at THEN 'update'/WHEN %1\\\$s >= t._firn_at THEN 'update'/|0"
  "let an older event win|$sql|s/WHEN %1\\\$s > t._firn_at THEN 'update'/WHEN %1\\\$s < t._firn_at THEN 'update'/|0"
  "ignore tombstones|$main/merge/SqlEngine.java|s/tombstones.isEmpty\(\) \?/!tombstones.sqlName().isEmpty() ?/|0"
  "bury no delete of a row that is not there|$main/merge/SqlEngine.java|s/IN \('delete', 'remember'\)/IN ('delete')/|0"
  "take unchanged for null|$main/ingest/ChangedRow.java|s/unchanged.length == 0/unchanged.length >= 0/|0"
  "complete no row|$sql|s/if \(!unchanged\) \{\n      return \"\";/if (true) {\n      return \"\";/|0"
  "keep the older of two values|$sql|s/if\(%s > %s, t.%3/if(%s < %s, t.%3/|0"
  "call every value of a row older|$sql|s/at < greatest/at <= greatest/|0"
  "count no duplicates in a batch|$main/ingest/ChangedRow.java|s/\? newest \+ other.newest/? newest/|0"
  "call a replayed delete new|$sql|s/b._firn_at = %1\\\$s THEN 'duplicate'/b._firn_at = %1\\\$s THEN 'remember'/|0"
  "forget the truncation|$main/merge/SqlEngine.java|s/target.truncation\(commit.truncatedAt\(\)\)/commit.truncatedBefore()/|0"
  "truncate by the LSN alone|$sql|s/ AND _seq < %4\\\$d/ AND _seq < 0/|24"
  "order without the epoch|$main/lake/RowMetadata.java|s/struct\(%1\\\$s._epoch, /struct(1 AS _epoch, /|0"
  "order without the place in the transaction|$main/lake/RowMetadata.java|s/%1\\\$s._seq\)/0L AS _seq)/|0"
  "compare binary keys by identity|$main/ingest/GroupKey.java|s/deepEquals/equals/; s/deepHashCode/hashCode/|4"
  "leave the tombstones' key narrow|$main/merge/Tombstones.java|s/if \(!narrow.isEmpty/if (narrow.isEmpty/|3"
)

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/firn"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy/firn"

survived=0
for mutation in "${mutations[@]}"; do
  IFS='|' read -r name file substitution seed <<<"$mutation"
  [[ $name == *"$only"* ]] || continue
  cp "$file" "$copy/original"
  perl -0pi -e "$substitution" "$copy/firn/$file"
  if cmp -s "$copy/original" "$copy/firn/$file"; then
    echo "NOT APPLIED  $name: $file has changed" && survived=1
    continue
  fi
  if (cd "$copy/firn" && $maven -q -Dquick -pl src/contract,src/pipeline,src/aws,src/etl test \
      -Dtest=EngineDifferentialTest -Dsurefire.failIfNoSpecifiedTests=false \
      -Dsurefire.skipAfterFailureCount=1 -Dfirn.seed="$seed" -Dfirn.seeds="$seeds") >"$copy/log" 2>&1; then
    echo "SURVIVED     $name" && survived=1
  elif grep -q 'COMPILATION ERROR' "$copy/log"; then
    echo "NOT COMPILED $name" && survived=1
  else
    echo "seen         $name: $(grep -om1 'seed [0-9]*' "$copy/log" || true) $(grep -om1 'batch [0-9]*\|at the source' "$copy/log" || true)"
  fi
  cp "$copy/original" "$copy/firn/$file"
done
exit $survived
