package dev.tarn.analyze.verify;

import java.util.Locale;

/**
 * The canonical form of the values of one type: the text that PostgreSQL writes for it, under settings that are always the
 * same, and below that whatever both sides can agree on. Chosen once for a column from its types on both sides.
 */
public enum ValueForm {
    /** As it is. */
    TEXT,
    /** {@code t} or {@code f}. */
    BOOLEAN,
    /** Digits. */
    INTEGER,
    /** Digits without an exponent and without zeros at the end of a fraction: the scale does not count. */
    DECIMAL,
    /** As Java writes it; -0.0 is 0.0, and all NaN are one. */
    FLOAT,
    /** The same with twice the digits. */
    DOUBLE,
    /** {@code 2024-02-29}, years before the first with {@code BC}. */
    DATE,
    /** {@code 2024-02-29 12:34:56.789012}, in UTC where there is a zone. */
    TIMESTAMP,
    /** Time of day in UTC. */
    TIME_WITH_ZONE,
    /** Months, days and microseconds, none of which can be told by the others. */
    INTERVAL,
    /** {@code \xdeadbeef}. */
    BYTES,
    /** The bytes into which Debezium packs bits, lowest first. */
    BITS,
    /** One bit, which comes as a boolean. */
    BIT,
    /** {@code (1.5,2.0)}. */
    POINT,
    /** Keys in order. */
    HSTORE,
    /** A range between times with zone, its bounds in UTC. */
    TIME_RANGE;

    /** The value in its canonical form, from the text that PostgreSQL writes. */
    String ofSource(String text) {
        return switch (this) {
            case TEXT, BOOLEAN, INTEGER, BYTES -> text;
            case DECIMAL -> Numbers.decimal(text);
            case FLOAT -> Numbers.text((float) Double.parseDouble(Numbers.javaFloat(text)));
            case DOUBLE -> Numbers.text(Double.parseDouble(Numbers.javaFloat(text)));
            case DATE -> text;
            case TIMESTAMP -> Times.withoutZone(text);
            case TIME_WITH_ZONE -> Times.inUtc(text);
            case INTERVAL -> Times.interval(text);
            case BITS -> Composites.bits(text);
            case BIT -> text.equals("1") ? "t" : "f";
            case POINT -> Composites.point(text);
            case HSTORE -> Composites.hstore(text);
            case TIME_RANGE -> Times.range(text);
        };
    }

    /**
     * The value as the lake's writer takes it, from the text that PostgreSQL writes or from the form: a text, spelled as
     * the stream of changes would bring it; days or microseconds since 1970; hexadecimal digits.
     */
    String forLake(String text) {
        return switch (this) {
            case TEXT, INTEGER, DECIMAL, TIME_RANGE -> text;
            case BOOLEAN, BIT -> Boolean.toString(text.equals("t") || text.equals("1"));
            case FLOAT, DOUBLE -> ofSource(text);
            case DATE -> Long.toString(Times.days(text));
            case TIMESTAMP -> Long.toString(Times.micros(text));
            case TIME_WITH_ZONE -> Times.inUtc(text).replace("+00", "Z");
            case INTERVAL -> Times.intervalOfDebezium(text);
            case BYTES -> text.substring(2);
            case BITS -> Composites.packed(text);
            case POINT -> Composites.plainPoint(text);
            case HSTORE -> Composites.hstoreAsJson(text);
        };
    }

    /** Whether PostgreSQL's text is the form already, byte for byte. */
    boolean isAsWritten() {
        return switch (this) {
            case TEXT, BOOLEAN, INTEGER, BYTES, DATE -> true;
            default -> false;
        };
    }

    /** Whether PostgreSQL reads the form as a value of its type: so it can be part of a key. */
    public boolean isReadable() {
        return switch (this) {
            case BITS, BIT, HSTORE, TIME_RANGE -> false;
            default -> true;
        };
    }

    /** The form of a text that the lake holds. */
    public String ofLakeText(String text) {
        return switch (this) {
            case DECIMAL -> Numbers.decimal(text);
            case TIME_WITH_ZONE -> Times.inUtc(text);
            case INTERVAL -> Times.interval(text);
            case POINT -> Composites.point(text);
            case HSTORE -> Composites.json(text);
            case TIME_RANGE -> Times.range(text);
            default -> text;
        };
    }

    /** Whether a text of the lake is the form already. */
    public boolean isLakeTextAsWritten() {
        return this == TEXT;
    }

    /** The form of a boolean that the lake holds. */
    public static String ofBoolean(boolean value) {
        return value ? "t" : "f";
    }

    /** The form of a decimal that the lake holds. */
    public static String ofDecimal(java.math.BigDecimal value) {
        return Numbers.decimal(value.toPlainString());
    }

    /** The form of a float that the lake holds. */
    public static String ofFloat(float value) {
        return Numbers.text(value);
    }

    /** The form of a double that the lake holds. */
    public static String ofDouble(double value) {
        return Numbers.text(value);
    }

    /** The form of a date that the lake holds, in days since 1970. */
    public static String ofDate(long days) {
        return Times.date(days);
    }

    /** The form of a timestamp that the lake holds, in microseconds since 1970. */
    public static String ofTimestamp(long micros) {
        return Times.timestamp(micros);
    }

    /** The form of bytes that the lake holds. */
    public String ofBytes(byte[] value) {
        return this == BITS ? Composites.bits(value) : Composites.bytes(value);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
