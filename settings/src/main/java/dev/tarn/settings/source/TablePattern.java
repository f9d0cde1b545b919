package dev.tarn.settings.source;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table of a database, {@code public.artists}, or several: * stands for any letters, as in {@code public.art*}. */
public record TablePattern(String schema, String table) {
    /**
     * Reads {@code schema.table}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static TablePattern parse(String text) {
        int dot = text.indexOf('.');
        boolean one = dot > 0 && dot == text.lastIndexOf('.') && dot < text.length() - 1;
        if (!one || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("must be schema.table, or a pattern such as public.*");
        }
        return new TablePattern(text.substring(0, dot), text.substring(dot + 1));
    }

    /** True if it may stand for several tables. */
    public boolean isPattern() {
        return schema.contains("*") || table.contains("*");
    }

    /** True if it stands for this table; upper and lower case differ. */
    public boolean matches(String otherSchema, String otherTable) {
        return covers(schema, otherSchema) && covers(table, otherTable);
    }

    private static boolean covers(String pattern, String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
