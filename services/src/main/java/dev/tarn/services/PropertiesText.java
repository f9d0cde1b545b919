package dev.tarn.services;

import java.util.Map;
import java.util.TreeMap;

/** Settings of an engine as the text of a {@code .properties} file, sorted, so that equal settings give equal text. */
public final class PropertiesText {
    private PropertiesText() {}

    /** One {@code key=value} a line, escaped where {@link java.util.Properties} would read something else. */
    public static String of(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(settings)
                .forEach((key, value) -> text.append(escaped(key, Part.KEY))
                        .append('=')
                        .append(escaped(value, Part.VALUE))
                        .append('\n'));
        return text.toString();
    }

    private enum Part {
        KEY,
        VALUE
    }

    private static String escaped(String text, Part part) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\f' -> escaped.append("\\f");
                // Blanks before a value are skipped; in a key, these three end it.
                case ' ' -> escaped.append(part == Part.KEY || i == 0 ? "\\ " : " ");
                case '=', ':' -> escaped.append(part == Part.KEY ? "\\" : "").append(c);
                // At the start of a line they make a comment.
                case '#', '!' ->
                    escaped.append(part == Part.KEY && i == 0 ? "\\" : "").append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
