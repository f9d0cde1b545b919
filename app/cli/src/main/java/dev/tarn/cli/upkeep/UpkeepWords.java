package dev.tarn.cli.upkeep;

import dev.tarn.cli.terminal.Durations;
import dev.tarn.cli.terminal.Sizes;
import java.util.List;
import java.util.Map;

/** What was done to a table, or would be, in words; one line for each fact. */
final class UpkeepWords {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Object> report;
    private final boolean dryRun;

    private UpkeepWords(Map<String, Object> report, boolean dryRun) {
        this.report = report;
        this.dryRun = dryRun;
    }

    static String of(String table, String action, boolean dryRun, Map<String, Object> report) {
        UpkeepWords words = new UpkeepWords(report, dryRun);
        words.head(table, action);
        words.facts();
        return words.text.toString();
    }

    private void head(String table, String action) {
        boolean nothing = !dryRun && !Boolean.TRUE.equals(report.get("done"));
        String instant = report.get("instant") == null ? "" : ", instant " + report.get("instant");
        String head = switch (action) {
            case "compact" -> nothing ? "has nothing to compact" : verb("compacted") + instant;
            case "clean" -> nothing ? "has nothing to clean" : verb("cleaned");
            case "savepoint" -> "has" + (dryRun ? " no" : " a") + " savepoint" + instant + (dryRun ? " yet" : "");
            case "delete-savepoint" -> "no longer " + (dryRun ? "would have" : "has") + " the savepoint" + instant;
            case "rollback" -> verb("taken back") + instant.replace(", instant", " to");
            default -> verb(action + "ed") + instant;
        };
        text.append("Table '").append(table).append("' ").append(head);
        if (!dryRun && report.get("millis") instanceof Number millis) {
            text.append(", in ").append(Durations.formatMillis(millis.longValue()));
        }
        text.append(dryRun ? " (dry run: nothing was changed).\n" : ".\n");
    }

    private String verb(String done) {
        return (dryRun ? "would be " : "was ") + done;
    }

    private void facts() {
        files("files removed", "filesRemoved", "bytesRemoved");
        files("files kept for savepoints", "filesHeld", "bytesHeld");
        number("file slices written anew", "slices");
        number("logs folded", "logs");
        size("read", "bytesRead");
        size("written", "bytesWritten");
        if (report.get("commitsUndone") instanceof List<?> undone && !undone.isEmpty()) {
            fact(
                    "commits undone",
                    undone.size() + ": "
                            + String.join(
                                    ", ", undone.stream().map(String::valueOf).toList()));
        }
        number("rows of those", "rowsUndone");
        if (report.get("reachesBackTo") != null) {
            fact("time travel reaches back to", String.valueOf(report.get("reachesBackTo")));
        }
        if (report.get("readsAgainFrom") != null) {
            fact("reads again from", String.valueOf(report.get("readsAgainFrom")));
        }
    }

    private void files(String words, String count, String bytes) {
        if (report.get(count) instanceof Number files) {
            fact(
                    words,
                    files
                            + (report.get(bytes) instanceof Number size
                                    ? " (" + Sizes.format(size.longValue()) + ")"
                                    : ""));
        }
    }

    private void number(String words, String field) {
        if (report.get(field) instanceof Number number) {
            fact(words, number.toString());
        }
    }

    private void size(String words, String field) {
        if (report.get(field) instanceof Number bytes) {
            fact(words, Sizes.format(bytes.longValue()));
        }
    }

    private void fact(String words, String value) {
        text.append("  ").append(words).append(": ").append(value).append('\n');
    }
}
