package dev.tarn.processes.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** What the engine says of a failure, for a person: its own words, without plans and stack traces. */
final class ErrorText {
    private static final int MAX_LINES = 12;
    private static final int MAX_LENGTH = 2_000;

    private ErrorText() {}

    /** @param sql the statement that failed; a place in it that the engine knows is marked */
    static String of(Throwable fault, String sql) {
        Throwable telling = telling(fault);
        String text = telling instanceof AnalysisException analysis && !(telling instanceof ParseException)
                ? analysis.getSimpleMessage() + mark(analysis, sql)
                : String.valueOf(telling.getMessage());
        String cut = text.strip()
                .lines()
                .takeWhile(line -> !line.startsWith("\tat ") && !line.startsWith("Driver stacktrace"))
                .limit(MAX_LINES)
                .collect(Collectors.joining("\n"))
                .strip();
        if (cut.isEmpty() || cut.equals("null")) {
            return telling.getClass().getSimpleName();
        }
        return cut.length() > MAX_LENGTH ? cut.substring(0, MAX_LENGTH) + "…" : cut;
    }

    /** The innermost failure to which Spark gave a name, or else the innermost of all. */
    private static Throwable telling(Throwable fault) {
        Throwable named = null;
        Throwable last = fault;
        for (Throwable each = fault; each != null; each = each.getCause() == each ? null : each.getCause()) {
            if (each instanceof SparkThrowable spark && spark.getErrorClass() != null) {
                named = each;
            }
            last = each;
        }
        return named == null ? last : named;
    }

    private static String mark(AnalysisException fault, String sql) {
        if (fault.line().isEmpty() || fault.startPosition().isEmpty()) {
            return "";
        }
        int line = (Integer) fault.line().get();
        int position = (Integer) fault.startPosition().get();
        List<String> lines = sql.lines().toList();
        return line < 1 || line > lines.size()
                ? ""
                : "\n" + lines.get(line - 1) + "\n" + " ".repeat(Math.max(0, position)) + "^^^";
    }
}
