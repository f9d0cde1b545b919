package dev.tarn.cli;

import dev.tarn.cli.server.StreamState;
import dev.tarn.cli.terminal.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How streams are shown. */
final class StreamView {
    private StreamView() {}

    static Cell state(String state) {
        return switch (state) {
            case "running", "finished" -> Cell.coloured(state, "green");
            case "failed" -> Cell.coloured(state, "red");
            case "starting", "restarting" -> Cell.coloured(state, "yellow");
            default -> Cell.text(state);
        };
    }

    static Cell rate(@Nullable Double eventsPerSecond) {
        return eventsPerSecond == null ? Cell.text(null) : new Cell(words(eventsPerSecond), eventsPerSecond, "");
    }

    private static String words(double eventsPerSecond) {
        return String.format(Locale.ROOT, eventsPerSecond < 10 ? "%.1f/s" : "%.0f/s", eventsPerSecond);
    }

    /** What is known of a stream, a fact a line. */
    static String facts(StreamState stream) {
        List<String> lines = new ArrayList<>();
        add(lines, "stream", stream.name());
        add(lines, "state", stream.state());
        add(lines, "reads", String.join(", ", stream.inputs()));
        add(lines, "writes", stream.output());
        add(lines, "mode", stream.mode());
        add(lines, "batch", stream.batch());
        add(lines, "events", stream.events());
        add(lines, "input rate", stream.inputRate() == null ? null : words(stream.inputRate()));
        add(lines, "processing rate", stream.processingRate() == null ? null : words(stream.processingRate()));
        add(lines, "batch time", stream.batchMillis() == null ? null : stream.batchMillis() + " ms");
        add(lines, "watermark", stream.watermark());
        add(lines, "state rows", stream.stateRows());
        add(lines, "late events", stream.late());
        add(lines, "quarantined", stream.quarantined());
        add(lines, "last error", stream.error());
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %s",
                    name,
                    value.toString().lines().findFirst().orElse("")));
        }
    }
}
