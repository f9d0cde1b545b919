package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured, in the order in which it was. Numbers are rounded to four digits. */
final class Report {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** A report that says what was measured and where. */
    static Report about(String what, Options options) {
        return new Report()
                .put("what", what)
                .put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("machine", Machine.describe())
                .put("jdk", System.getProperty("java.vendor") + " " + Runtime.version())
                .put("loadBefore", Machine.load())
                .put("options", options.values());
    }

    Report put(String name, @Nullable Object value) {
        fields.put(name, value instanceof Report part ? part.fields : rounded(value));
        return this;
    }

    private static @Nullable Object rounded(@Nullable Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        if (!Double.isFinite(number)) {
            return null;
        }
        // Whole numbers keep their digits: 12345, not 1.234E4.
        int whole = Long.toString((long) Math.abs(number)).length();
        BigDecimal rounded = new BigDecimal(number)
                .round(new MathContext(Math.max(4, whole)))
                .stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** Prints it, and writes it to the file that {@code --out} names. */
    void publish(Options options) throws IOException {
        System.out.println(json());
        if (options.text("out").isPresent()) {
            write(Path.of(options.text("out").orElseThrow()));
        }
    }

    /** Writes it to a file. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, json() + "\n");
    }

    private String json() throws IOException {
        return JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                .asString(fields);
    }
}
