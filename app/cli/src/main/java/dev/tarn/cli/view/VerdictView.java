package dev.tarn.cli.view;

import dev.tarn.cli.server.TableVerdict;
import dev.tarn.cli.terminal.Durations;
import dev.tarn.cli.terminal.Lsns;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How people read whether a table is what its source is. */
public final class VerdictView {
    private VerdictView() {}

    /** One line, and below it what differs and what was left out. */
    public static String text(TableVerdict verdict) {
        StringBuilder text = new StringBuilder(verdict.table())
                .append(": ")
                .append(word(verdict))
                .append(" at LSN ")
                .append(Lsns.format(verdict.lsn()))
                .append(", ")
                .append(count(verdict.rows()))
                .append(" rows, ")
                .append(TableVerdict.KINDS.stream()
                        .filter(kind -> !kind.equals("double")
                                || Objects.requireNonNullElse(verdict.counts().get(kind), 0L) > 0)
                        .map(kind -> count(Objects.requireNonNullElse(
                                        verdict.counts().get(kind), 0L)) + " " + kind)
                        .collect(Collectors.joining(", ")))
                .append(verdict.isWrong() && !verdict.complete() ? " at least, " : ", ")
                .append(Durations.formatMillis(verdict.millis()))
                .append('\n');
        if (verdict.repaired() > 0) {
            text.append("  ").append(count(verdict.repaired())).append(" rows were brought in line before that\n");
        }
        if (verdict.changedMeanwhile() > 0) {
            text.append("  ")
                    .append(count(verdict.changedMeanwhile()))
                    .append(" rows changed meanwhile and were compared at LSN ")
                    .append(Lsns.format(verdict.laterLsn()))
                    .append(" or before\n");
        }
        if (verdict.undecided() > 0) {
            text.append("  ")
                    .append(count(verdict.undecided()))
                    .append(
                            verdict.behind()
                                    ? " rows cannot be told yet: the lake is behind its source\n"
                                    : " rows cannot be told: they changed at every look\n");
        }
        if (!verdict.complete() && !verdict.isWrong()) {
            text.append("  more rows differ than can be looked at one by one: the lake is far behind its source;")
                    .append(" give it time with --timeout\n");
        }
        verdict.faults().forEach(fault -> append(text, fault));
        long all = verdict.counts().values().stream().mapToLong(Long::longValue).sum();
        if (all > verdict.faults().size()) {
            text.append("  … and ").append(count(all - verdict.faults().size())).append(" more; --limit shows them\n");
        }
        verdict.notCompared()
                .forEach((column, reason) -> text.append("  not compared: ")
                        .append(column)
                        .append(", as ")
                        .append(reason)
                        .append('\n'));
        return text.toString();
    }

    private static String word(TableVerdict verdict) {
        if (verdict.isWrong()) {
            return "NOT equal";
        }
        return verdict.equal() ? "equal" : "not decided";
    }

    private static void append(StringBuilder text, TableVerdict.RowFault fault) {
        text.append("  ").append(fault.kind()).append(' ').append(key(fault.key()));
        if (fault.kind().equals("double")) {
            text.append(" in ").append(String.join(" and ", fault.partitions()));
        }
        text.append('\n');
        fault.columns()
                .forEach(column -> text.append("    ")
                        .append(column.column())
                        .append(": source ")
                        .append(value(column.source()))
                        .append(", lake ")
                        .append(value(column.lake()))
                        .append('\n'));
    }

    private static String key(Map<String, String> key) {
        return key.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String value(@Nullable String text) {
        return text == null ? "null" : "'" + text.replace("\n", "\\n") + "'";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
