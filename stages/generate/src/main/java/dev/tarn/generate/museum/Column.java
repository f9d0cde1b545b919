package dev.tarn.generate.museum;

/**
 * A column of a museum table.
 *
 * @param required whether each row has a value
 * @param comment what it holds, for people
 */
public record Column(String name, Type type, boolean required, String comment) {
    /** What values it takes. */
    public enum Type {
        /** A whole number of 32 bits. */
        INTEGER("integer"),
        /** Text of any length. */
        TEXT("text"),
        /** Ten digits after the point: the files have measures such as 60.9601219202. */
        MEASURE("numeric(18,10)"),
        /** A day, as 1964-10-06. */
        DATE("date");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /** Its name in PostgreSQL. */
        public String sql() {
            return sql;
        }
    }
}
