package dev.tarn.cli;

import dev.tarn.cli.server.SourceStatus;
import dev.tarn.cli.terminal.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How sources look to people. */
final class SourceView {
    private static final Map<String, String> COLOURS = Map.of(
            "streaming", "green",
            "running", "green",
            "starting", "yellow",
            "waiting", "yellow",
            "snapshotting", "yellow",
            "restarting", "yellow",
            "refused", "red",
            "unreachable", "red",
            "failed", "red");

    private SourceView() {}

    static Cell state(String word) {
        return Cell.coloured(word, COLOURS.getOrDefault(word, ""));
    }

    static String type(String type) {
        return type.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a person may want to know and do. */
    static List<String> words(SourceStatus source) {
        List<String> words = new ArrayList<>();
        if (!source.problems().isEmpty()) {
            words.add(refusal(source));
        } else if (source.message() != null) {
            words.add("source '" + source.name() + "': " + source.message());
        }
        return words;
    }

    /** Why a source cannot be captured, with all its problems. */
    static String refusal(SourceStatus source) {
        List<String> problems = source.problems();
        if (problems.size() == 1) {
            return "Cannot capture source '" + source.name() + "': " + problems.get(0) + " [SOURCE_REFUSED]";
        }
        return "Cannot capture source '" + source.name() + "': " + problems.size() + " problems.\n"
                + String.join("\n", problems)
                + "\nCorrect them; what is in the database is seen at once, what is in sources/" + source.name()
                + ".yaml after 'tarn down' and 'tarn up'. [SOURCE_REFUSED]";
    }

    static String facts(SourceStatus source) {
        StringBuilder facts = new StringBuilder();
        fact(facts, "source", source.name());
        fact(facts, "state", source.state());
        fact(facts, "database", source.database());
        fact(facts, "connector", source.connector());
        fact(facts, "slot", source.slot());
        fact(facts, "confirmed", source.confirmedLsn());
        fact(
                facts,
                "lag",
                source.lagBytes() == null ? null : Cell.size(source.lagBytes()).human());
        fact(facts, "last error", source.lastError());
        return facts.toString();
    }

    private static void fact(StringBuilder facts, String name, @Nullable String value) {
        facts.append("%-11s".formatted(name))
                .append(Objects.requireNonNullElse(value, "-"))
                .append('\n');
    }
}
