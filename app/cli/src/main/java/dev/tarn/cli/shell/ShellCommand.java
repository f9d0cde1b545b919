package dev.tarn.cli.shell;

import java.util.List;
import java.util.Map;

/** What is no SQL: a line that begins with a backslash, and a few words that people try. */
final class ShellCommand {
    private static final Map<String, String> WORDS = Map.of("help", "\\?", "quit", "\\q", "exit", "\\q");

    static final List<String> ALL = List.of("\\d", "\\o", "\\q", "\\timing", "\\?");

    static final String HELP = """
        Statements end with ; and may take several lines. Tab completes keywords and names.
        \\d               databases and tables
        \\d TABLE         the columns of a table
        \\o FORMAT        print rows as table, json or csv
        \\timing          show how long statements take, or stop it
        \\q, Ctrl-D       leave
        help, \\?         this
        Ctrl-C cancels what runs, or the line that is being typed.""";

    private ShellCommand() {}

    static boolean isOne(String line) {
        String text = line.strip();
        return text.startsWith("\\") || WORDS.containsKey(word(text));
    }

    /** The command and what follows it. */
    static List<String> split(String line) {
        String text = line.strip().replaceFirst("\\s*;$", "");
        String[] parts = text.split("\\s+", 2);
        return List.of(WORDS.getOrDefault(word(text), parts[0]), parts.length == 2 ? parts[1] : "");
    }

    private static String word(String text) {
        return text.replaceFirst("\\s*;$", "").toLowerCase(java.util.Locale.ROOT);
    }
}
