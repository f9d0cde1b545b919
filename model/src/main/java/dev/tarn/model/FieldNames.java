package dev.tarn.model;

/** Names as they come out at the other end: Avro and Kafka allow fewer letters than databases do. */
public final class FieldNames {
    private FieldNames() {}

    /** The field of a column: what Debezium's adjustment {@code avro} makes of its name. */
    public static String field(String column) {
        String field = column.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(field.charAt(0)) ? "_" + field : field;
    }

    /** A topic's name with a _ for each character that Kafka does not take. */
    public static String topic(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
