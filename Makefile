# `make` or `make help` tells what there is.

MAVEN ?= mvn -B
BUILT := target/built
SOURCES := pom.xml $(shell find src -name target -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help build demo test test-glue-5.1 bench-capture format clean

help: ## this text
	@echo 'Firn: every change of a PostgreSQL database in Apache Iceberg tables. JDK 17 and Maven are needed.'
	@echo
	@awk -F ':.*## ' '/^[a-z0-9.-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Then: bin/firn --help"

build: $(BUILT) ## compile and package all stages, without checks and tests

demo: $(BUILT) ## build if needed, and run all of it on this machine: ends with a proof
	@bin/firn demo

test: ## compile with all checks and run all tests
	$(MAVEN) verify
	@mkdir -p target && touch $(BUILT)

test-mutations: ## break the producer in eight ways, and see its randomized test notice each
	@MAVEN="$(MAVEN)" src/cdc/test/mutations.sh

test-glue-5.1: ## the same with the engine of AWS Glue 5.1: Spark 3.5, Scala 2.12
	$(MAVEN) -Pglue-5.1 verify

bench-capture: $(BUILT) ## race the producer against embedded Debezium (ROWS=, DEBEZIUM_ROWS=, ROUNDS=); needs Linux
	$(MAVEN) -q -Pbench -Dquick -pl src/bench package
	java -Xmx512m -cp "src/bench/target/classes:$$(cat src/bench/target/classpath)" dev.firn.bench.CaptureBench . src/cdc/target/firn-cdc-*-runnable.jar

format: ## format the sources
	$(MAVEN) -q spotless:apply

clean: ## remove what was built, and the demo
	$(MAVEN) -q clean
	@rm -rf target

$(BUILT): $(SOURCES)
	$(MAVEN) -q -Dquick -DskipTests package
	@mkdir -p $(@D)
	@touch $@
