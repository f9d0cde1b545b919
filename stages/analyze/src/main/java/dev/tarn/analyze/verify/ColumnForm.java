package dev.tarn.analyze.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a column: what its values, or the elements of its lists, become.
 *
 * @param isList whether a value is a list
 */
public record ColumnForm(ValueForm value, boolean isList) {
    private static final String LIST = "array<";
    private static final Set<String> AS_TEXT = Set.of(
            "text",
            "varchar",
            "bpchar",
            "name",
            "char",
            "citext",
            "uuid",
            "json",
            "jsonb",
            "xml",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "tsvector",
            "ltree",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "daterange",
            "time");

    /**
     * The form in which a column can be compared.
     *
     * @param type of PostgreSQL, as pg_type calls it, below a domain and below an array
     * @param isEnum whether that is an enumeration
     * @param isArray whether the column holds arrays of it
     * @param lakeType the lake's, as SQL writes it
     * @return empty if these two types cannot be compared
     */
    public static Optional<ColumnForm> of(String type, boolean isEnum, boolean isArray, String lakeType) {
        boolean lakeList = lakeType.startsWith(LIST);
        if (isArray != lakeList) {
            return Optional.empty();
        }
        String element = lakeList ? lakeType.substring(LIST.length(), lakeType.length() - 1) : lakeType;
        return Optional.ofNullable(form(isEnum ? "text" : type, element.replaceFirst("\\(.*", "")))
                .map(form -> new ColumnForm(form, isArray));
    }

    private static @Nullable ValueForm form(String type, String lake) {
        return switch (lake) {
            case "boolean" -> type.equals("bool") ? ValueForm.BOOLEAN : type.equals("bit") ? ValueForm.BIT : null;
            case "int", "bigint" -> Set.of("int2", "int4", "int8", "oid").contains(type) ? ValueForm.INTEGER : null;
            case "decimal" -> Set.of("numeric", "money").contains(type) ? ValueForm.DECIMAL : null;
            case "float" -> type.equals("float4") ? ValueForm.FLOAT : null;
            case "double" -> Set.of("float4", "float8").contains(type) ? ValueForm.DOUBLE : null;
            case "date" -> type.equals("date") ? ValueForm.DATE : null;
            case "timestamp" -> Set.of("timestamp", "timestamptz").contains(type) ? ValueForm.TIMESTAMP : null;
            case "binary" ->
                type.equals("bytea") ? ValueForm.BYTES : Set.of("bit", "varbit").contains(type) ? ValueForm.BITS : null;
            case "string" -> ofText(type);
            default -> null;
        };
    }

    private static @Nullable ValueForm ofText(String type) {
        return switch (type) {
            case "numeric" -> ValueForm.DECIMAL;
            case "int2", "int4", "int8" -> ValueForm.TEXT;
            case "timetz" -> ValueForm.TIME_WITH_ZONE;
            case "interval" -> ValueForm.INTERVAL;
            case "point" -> ValueForm.POINT;
            case "hstore" -> ValueForm.HSTORE;
            case "tstzrange" -> ValueForm.TIME_RANGE;
            default -> AS_TEXT.contains(type) ? ValueForm.TEXT : null;
        };
    }

    /** The value in its form, from the text that PostgreSQL writes. */
    public String ofSource(String text) {
        if (!isList) {
            return value.ofSource(text);
        }
        List<@Nullable String> elements = new ArrayList<>();
        for (String element : Composites.elements(text)) {
            elements.add(element == null ? null : value.ofSource(element));
        }
        return Composites.list(elements);
    }

    /** The value as the lake's writer takes it, from the text that PostgreSQL writes: a text, or a list of texts and nulls. */
    public Object forLake(String text) {
        if (!isList) {
            return value.forLake(text);
        }
        List<@Nullable String> elements = new ArrayList<>();
        for (String element : Composites.elements(text)) {
            elements.add(element == null ? null : value.forLake(element));
        }
        return elements;
    }

    /** Whether PostgreSQL's text is the form already, byte for byte. */
    public boolean isAsWritten() {
        return !isList && value.isAsWritten();
    }

    /** A list of the lake in its form, from its elements in theirs. */
    public static String ofElements(List<@Nullable String> elements) {
        return Composites.list(elements);
    }

    /** {@code decimal}, or {@code list:decimal}. */
    @Override
    public String toString() {
        return (isList ? "list:" : "") + value;
    }

    /** The reverse of {@link #toString}. */
    public static ColumnForm parse(String text) {
        boolean list = text.startsWith("list:");
        return new ColumnForm(
                ValueForm.valueOf((list ? text.substring("list:".length()) : text).toUpperCase(Locale.ROOT)), list);
    }
}
