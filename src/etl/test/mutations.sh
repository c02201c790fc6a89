#!/usr/bin/env bash
# Breaks a copy of the merge in one way after another, and expects its differential test to see each.
# A mutation is: name | file | Perl substitution, without a bar | first seed. SEEDS= sets how many are tried, ONLY= which.
set -euo pipefail
cd "$(dirname "$0")/../../.."

maven=${MAVEN:-mvn -B}
seeds=${SEEDS:-3}
only=${ONLY:-}
main=src/engine/main/java/dev/firn/engine
judge=$main/judge/Judge.java
sql=$main/sql/MergeSql.java
mutations=(
  # What both engines share, and the direct one.
  "apply a duplicate again|$judge|s/order > 0\) \{\n      return Outcome.UPDATE/order >= 0) {\n      return Outcome.UPDATE/|0"
  "let an older event win|$judge|s/order > 0\) \{\n      return Outcome.UPDATE/order < 0) {\n      return Outcome.UPDATE/|0"
  "ignore tombstones|$judge|s/\(buried <= 0 && !/(buried < -9 && !/|0"
  "forget the truncation|$judge|s/change.compareTo\(truncatedAt\) <= 0 .. //|0"
  "call a replayed delete new|$judge|s/buried == 0 \? Outcome.DUPLICATE/buried == 0 ? Outcome.REMEMBER/|0"
  "bury no delete of a row that is not there|$main/judge/Outcome.java|s/this == DELETE .. this == REMEMBER/this == DELETE/|0"
  "leave the old row beside the new|$main/judge/Outcome.java|s/return this == UPDATE .. this == COMPLETE/return this == COMPLETE/|0"
  "fold by arrival|$main/row/Fold.java|s/order > 0 .. \(order == 0 && incoming.hasUnchanged\(\)\) \?/true ?/|0"
  "count no duplicates in a batch|$main/row/Fold.java|s/order == 0 \? incoming.newest\(\) \+ existing/order == 0 ? existing/|0"
  "keep the older of two values in a batch|$main/row/ChangeMerge.java|s/earlier.knownAt\(i\).isAfter\(known\[i\]\)/known[i].isAfter(earlier.knownAt(i))/|0"
  "complete no row|$main/direct/PartWriter.java|s/completes = old.isPresent\(\) && whole.completes\(\)/completes = false/|0"
  "compare a key by its beginning|$main/row/Fold.java|s/FoldedChange.keyLengthAt\(page, at\) == length\n        && Arrays.equals/Arrays.equals/; s/at \+ FoldedChange.KEY \+ length, from, start, start \+ length/at + FoldedChange.KEY + Math.min(length, 4), from, start, start + Math.min(length, 4)/; s/long hash = length;/long hash = 0;/; s/at < start \+ length/at < start + 0/; s/<= start \+ length/<= start + 0/|4"
  "leave the tombstones' key narrow|$main/table/Tombstones.java|s/if \(!narrow.isEmpty/if (narrow.isEmpty/|3"
  "bring a row back whose delete is forgotten|$judge|s/change.compareTo\(forgottenBelow\) <= 0 \?/change.compareTo(forgottenBelow) < -9 ?/|1"
  # The SQL engine.
  "SQL: apply a duplicate again|$sql|s/WHEN %1\\\$s > t._firn_at THEN 'update'/WHEN %1\\\$s >= t._firn_at THEN 'update'/|0"
  "SQL: let an older event win|$sql|s/WHEN %1\\\$s > t._firn_at THEN 'update'/WHEN %1\\\$s < t._firn_at THEN 'update'/|0"
  "SQL: bury no delete of a row that is not there|$main/sql/SqlEngine.java|s/IN \('delete', 'remember'\)/IN ('delete')/|0"
  "SQL: complete no row|$sql|s/if \(!unchanged\) \{\n      return \"\";/if (true) {\n      return \"\";/|0"
  "SQL: keep the older of two values|$sql|s/if\(t._firn_at > %1/if(t._firn_at < %1/|0"
  "SQL: call every value of a row older|$sql|s/at < greatest/at <= greatest/|0"
  "SQL: call a replayed delete new|$sql|s/b._firn_at = %1\\\$s THEN 'duplicate'/b._firn_at = %1\\\$s THEN 'remember'/|0"
  "SQL: bring a row back whose delete is forgotten|$sql|s/THEN 'forgotten'/THEN 'insert'/|1"
  "SQL: order without the epoch|$main/lake/RowMetadata.java|s/struct\(%1\\\$s._epoch, /struct(1 AS _epoch, /|0"
  "SQL: order without the place in the transaction|$main/lake/RowMetadata.java|s/%1\\\$s._seq\)/0L AS _seq)/|0"
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
  if (cd "$copy/firn" && $maven -q -Dquick -pl src/contract,src/pipeline,src/source,src/aws,src/engine,src/etl test \
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
