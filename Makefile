# make check is the one gate; the rest is for the convenience of people at a keyboard.
.PHONY: help check times format program bench

help:
	@echo "make check     all checks and tests, the same as ./mvnw verify"
	@echo "make times     what the tests of the last build took, the slowest first"
	@echo "make format    mends what a formatter can mend: Java and POMs"
	@echo "make program   builds what ./tarn runs, without checks and tests"
	@echo "make bench     times and memory of a lake's start and stop, as JSON"

check:
	./mvnw verify

times:
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -cp testing/gate/target/classes dev.tarn.testing.gate.GateReport .

format:
	./mvnw -q sortpom:sort spotless:apply

program:
	./mvnw -q -DskipTests -Dlint.skip package

bench:
	bench/services
