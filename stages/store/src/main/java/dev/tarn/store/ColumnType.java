package dev.tarn.store;

/** The type of a column and, with it, the Java class of its values. */
public sealed interface ColumnType {

    /** Types without parameters. */
    enum Scalar implements ColumnType {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Integer}. */
        INT,
        /** {@link Long}. */
        LONG,
        /** {@link Float}. */
        FLOAT,
        /** {@link Double}. */
        DOUBLE,
        /** {@link String}. */
        STRING,
        /** {@code byte[]}. */
        BYTES,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** {@link java.time.Instant}, kept to the microsecond. */
        TIMESTAMP;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** {@link java.math.BigDecimal}; never a float. */
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
            }
        }

        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** {@link java.util.List} of values of one type, each of which may be null. */
    record ListOf(ColumnType element) implements ColumnType {
        @Override
        public String toString() {
            return "list<" + element + ">";
        }
    }
}
