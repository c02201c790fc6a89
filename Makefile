# `make` or `make help` lists the targets.

MAVEN ?= mvn -B
# Modules built in parallel: the tests of one wait while those of another use the processor.
THREADS ?= 2
BUILT := target/built
POSTGRES := 13.23.0 14.24.0 15.19.0 16.15.0 18.6.0
POSTGRES_TESTS := PublishedTablesTest,SqlTextTest,GapTest,TableTroubleTest,PartitionedTableTest,SlotHistoryTest,PendingChangesTest,TypeCatalogTest,Verify*Test,ValuesTest,UnchangedValuesTest,*Chang*Test,TransactionsTest,TruncateTest,PublishedPartTest,BeginningTest,SnapshotTest,PreflightTest,HandoverTest,RandomizedCaptureTest
BENCH_MERGE := src/bench-merge,src/bench-merge/delta,src/bench-merge/hudi
REPORTS := src/source/target/surefire-reports src/cdc/target/surefire-reports src/etl/target/surefire-reports
LINT := target/lint
BUNDLE := target/aws
RDS_AUTHORITIES := https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
PYTHON ?= python3
VERBS := $(patsubst %,src/%/target/commands.md,cdc delivery etl local)
SOURCES := pom.xml $(shell find src -name target -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help build docs demo test test-fast test-glue-5.1 test-mutations test-postgres bundle sbom lint-deploy bench-capture bench-merge athena-check format clean

help: ## print this list
	@echo 'Firn: every change of a PostgreSQL database in Apache Iceberg tables. JDK 17 and Maven are needed.'
	@echo
	@awk -F ':.*## ' '/^[a-z0-9.-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Then: bin/firn --help"

build: $(BUILT) ## compile and package all stages, without checks and tests

docs: $(BUILT) ## write docs/commands.md from the commands themselves
	@sed '/^<!-- Written by make docs/q' docs/commands.md > target/commands.md
	@cat $(VERBS) >> target/commands.md
	@mv target/commands.md docs/commands.md

demo: $(BUILT) ## build if needed, and run the whole pipeline on this machine; ends with a proof
	@bin/firn demo

test: ## compile with all checks and run all tests
	$(MAVEN) -T $(THREADS) verify
	@mkdir -p target && touch $(BUILT)
	@if $(MAKE) --no-print-directory $(LINT)/ready >/dev/null 2>&1; then \
	  $(MAKE) --no-print-directory lint-deploy; \
	else \
	  echo 'Left out: the templates of deploy/ were not checked: Python 3.11 and PyPI are needed. See: make lint-deploy'; \
	fi

test-fast: ## the tests that need no PostgreSQL, no Spark and no process, without checks: under two minutes
	$(MAVEN) -Dquick -T $(THREADS) test -DexcludedGroups=slow

test-mutations: ## break the producer and the merge in many ways, and check that their randomized tests notice each
	@MAVEN="$(MAVEN)" src/cdc/test/mutations.sh
	@MAVEN="$(MAVEN)" src/etl/test/mutations.sh

test-glue-5.1: ## the same with the engine of AWS Glue 5.1: Spark 3.5, Scala 2.12
	$(MAVEN) -Pglue-5.1 -T $(THREADS) verify

test-postgres: ## the producer and verify on PostgreSQL 13, 14, 15, 16 and 18, one after the other (Linux on amd64)
	@set -e; for version in $(POSTGRES); do \
	  echo "PostgreSQL $$version"; \
	  rm -rf $(REPORTS); \
	  $(MAVEN) -q -Dquick -pl src/cdc,src/etl -am test -Dtest='$(POSTGRES_TESTS)' -Dfirn.seeds=3 \
	    -Dsurefire.failIfNoSpecifiedTests=false -Dpostgres-server.version=$$version; \
	  grep -rh 'Tests run' --include='*.txt' $(REPORTS); \
	  find $(REPORTS) -name '*.xml' -exec sed -n 's/.*<skipped message="\([^"]*\)".*/  left out: \1/p' {} + | sort -u; \
	done

bundle: $(BUILT) ## prepare target/aws with the files that docs/aws.md uploads: jars, script, sample (curl)
	@mkdir -p $(BUNDLE)/sample
	cp $$(ls src/etl/target/firn-etl-*.jar | grep -v -e -tests) $(BUNDLE)/firn-etl.jar
	cp src/cdc/target/firn-cdc-*-runnable.jar $(BUNDLE)/firn-cdc.jar
	cp $$(tr ':' '\n' < src/etl/target/classpath | grep '/postgresql-[0-9.]*jar$$') $(BUNDLE)
	cp glue-scripts/firn.scala $(BUNDLE)
	cp deploy/sample/* sample-data/schema.sql sample-data/*.csv $(BUNDLE)/sample
	curl -fsSo $(BUNDLE)/rds.pem $(RDS_AUTHORITIES)

sbom: ## list all shipped and runtime components in target/sbom: CycloneDX for scanners, licences for people
	$(MAVEN) -q -Dquick -DskipTests package cyclonedx:makeAggregateBom license:aggregate-add-third-party

lint-deploy: $(LINT)/ready ## check the CloudFormation templates of deploy/ (Python 3.11 or newer, pip)
	$(LINT)/bin/cfn-lint deploy/firn.yaml deploy/templates/*.yaml
	$(LINT)/bin/python deploy/rules.py

bench-capture: $(BUILT) ## race the producer against embedded Debezium (ROWS=, DEBEZIUM_ROWS=, ROUNDS=); needs Linux
	$(MAVEN) -q -Pbench -Dquick -DskipTests -pl src/bench -am package
	java -Xmx512m -cp "src/bench/target/classes:$$(cat src/bench/target/classpath)" dev.firn.bench.CaptureBench . src/cdc/target/firn-cdc-*-runnable.jar

bench-merge: $(BUILT) ## race the merge against plain MERGE, Delta and Hudi (WORKLOADS=A,B,BL,C,D, ROWS=, ROUNDS=); needs Linux
	$(MAVEN) -q -Pbench -Dquick -DskipTests -pl $(BENCH_MERGE) -am package
	java -Xmx2g -cp "src/bench-merge/target/classes:$$(cat src/bench-merge/target/classpath)" dev.firn.bench.merge.MergeBench .

athena-check: $(BUILT) ## read merged tables with Trino, Athena's engine, from an emulated Glue and S3 (0.8 GB; Java 24, Python 3.10)
	$(MAVEN) -Pathena -Dquick -pl src/athena -am verify -Dtest=AthenaCheckTest -Dsurefire.failIfNoSpecifiedTests=false

format: ## format the sources
	$(MAVEN) -q spotless:apply

clean: ## remove all build output, and the demo
	$(MAVEN) -q clean
	@rm -rf target

$(BUILT): $(SOURCES)
	$(MAVEN) -q -Dquick -DskipTests package
	@mkdir -p $(@D)
	@touch $@

$(LINT)/ready: deploy/lint-requirements.txt
	$(PYTHON) -m venv $(LINT)
	$(LINT)/bin/pip install -q --require-hashes -r $<
	@touch $@
