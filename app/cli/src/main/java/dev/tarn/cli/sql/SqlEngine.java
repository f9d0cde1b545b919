package dev.tarn.cli.sql;

import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** What runs a statement. */
public enum SqlEngine {
    /** The fast one where it gives the same answer as Spark, else Spark. */
    AUTO,
    /** DuckDB over the files of tables on this machine, or nothing. */
    FAST,
    SPARK;

    /** The engine of this name, in any case. */
    public static SqlEngine parse(String name) {
        return Stream.of(values())
                .filter(engine -> engine.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("it is one of auto, fast, spark, and not '" + name + "'"));
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
