package dev.tarn.cli.terminal;

import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** How a list is printed. */
public enum OutputFormat {
    TABLE,
    JSON,
    CSV;

    /** The format of this name, in any case. */
    public static OutputFormat parse(String name) {
        return Stream.of(values())
                .filter(format -> format.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("it is one of table, json, csv, and not '" + name + "'"));
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
