package dev.tarn.load.value;

import dev.tarn.store.ColumnType;
import java.util.Optional;

/**
 * How one column is read.
 *
 * @param type the column's type in the lake
 * @param form what the database is asked for
 * @param values makes its values
 */
public record ColumnReader(ColumnType type, Form form, ValueReader values) {

    /** What the database is asked for. */
    public enum Form {
        /** The type's own binary form. */
        BINARY("%s"),
        /** What the type's output function writes, which the cast to text calls where there is no other. */
        TEXT("%s::pg_catalog.text"),
        /** The same for a type whose cast to text writes something else: a network mask always. */
        INET("pg_catalog.textin(pg_catalog.inet_out(%s))"),
        /** The same. */
        CIDR("pg_catalog.textin(pg_catalog.cidr_out(%s))");

        private final String template;

        Form(String template) {
            this.template = template;
        }

        /** The expression for a column, whose name is in quotes. */
        public String of(String name) {
            return template.replace("%s", name);
        }
    }

    /** The reader of a column; empty if its values cannot be had in exactly Debezium's form. */
    public static Optional<ColumnReader> of(SourceColumn column) {
        if (column.kind().equals("e")) {
            return Optional.of(column.isArray() ? ArrayTypes.ofEnumeration() : ScalarTypes.ofEnumeration());
        }
        return column.isArray() ? ArrayTypes.find(column) : ScalarTypes.find(column);
    }
}
