package dev.tarn.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements with semicolons between them. A semicolon counts outside of quotes and comments, by the rules of Spark's
 * grammar (SqlBaseLexer.g4): a backslash in quotes keeps the next letter, save in {@code r'…'}; comments in
 * {@code /* … *}{@code /} nest.
 *
 * @param statements those that have a semicolon at their end
 * @param rest what follows the last semicolon, if there is more than comments
 */
public record SqlScript(List<Statement> statements, List<Statement> rest) {
    public SqlScript {
        statements = List.copyOf(statements);
        rest = List.copyOf(rest);
    }

    /**
     * One statement without its semicolon.
     *
     * @param line of the text on which it begins, from 1
     */
    public record Statement(String text, int line) {
        /** For an engine that tells the line of an error: it starts on the same line as in the whole text. */
        public String textAtItsLine() {
            return "\n".repeat(line - 1) + text;
        }
    }

    public static SqlScript parse(String text) {
        Cutter cutter = new Cutter(text);
        cutter.run();
        return new SqlScript(cutter.statements, cutter.rest);
    }

    /** All statements, the last with a semicolon or without. */
    public List<Statement> all() {
        List<Statement> all = new ArrayList<>(statements);
        all.addAll(rest);
        return all;
    }

    private static final class Cutter {
        private final String text;
        private final List<Statement> statements = new ArrayList<>();
        private final List<Statement> rest = new ArrayList<>();
        /** Where the statement begins, after comments; -1 before that. */
        private int start = -1;

        Cutter(String text) {
            this.text = text;
        }

        void run() {
            int at = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (text.startsWith("--", at)) {
                    at = endOfLine(at);
                } else if (text.startsWith("/*", at)) {
                    at = endOfComment(at);
                } else if (c == ';') {
                    finish(at, statements);
                    at++;
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else {
                    start = start < 0 ? at : start;
                    at = c == '\'' || c == '"' || c == '`' ? endOfQuote(at) : at + 1;
                }
            }
            finish(text.length(), rest);
        }

        private void finish(int end, List<Statement> into) {
            if (start >= 0) {
                int line = 1
                        + (int) text.substring(0, start)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                into.add(new Statement(text.substring(start, end).stripTrailing(), line));
            }
            start = -1;
        }

        private int endOfLine(int at) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }

        private int endOfComment(int from) {
            int depth = 0;
            int at = from;
            do {
                if (text.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (text.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < text.length());
            if (depth > 0) {
                // One without an end is Spark's to refuse, and hides what follows until then.
                start = start < 0 ? from : start;
            }
            return Math.min(at, text.length());
        }

        private int endOfQuote(int from) {
            char quote = text.charAt(from);
            boolean escapes = quote != '`' && !isRaw(from);
            int at = from + 1;
            while (at < text.length() && text.charAt(at) != quote) {
                at += escapes && text.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, text.length());
        }

        /** Whether an r of its own stands before the quote. */
        private boolean isRaw(int quote) {
            return quote > 0
                    && "rR".indexOf(text.charAt(quote - 1)) >= 0
                    && (quote == 1 || !Character.isJavaIdentifierPart(text.charAt(quote - 2)));
        }
    }
}
