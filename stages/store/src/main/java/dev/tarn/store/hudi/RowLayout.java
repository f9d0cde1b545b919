package dev.tarn.store.hudi;

import dev.tarn.store.Columns;
import dev.tarn.store.MetadataColumns;
import dev.tarn.store.Operation;
import dev.tarn.store.TableDescription;
import dev.tarn.store.index.RowOrder;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** All that follows from a table's columns: its schema, and where in a row the key, the partition and the rest are. */
record RowLayout(
        TableDescription table,
        Columns columns,
        Schema schema,
        RowEncoder encoder,
        RecordKeys keys,
        PartitionPaths partitions,
        int lsnPlace,
        int operationPlace) {

    static RowLayout of(TableDescription table, Columns columns) {
        Schema schema = AvroColumns.toAvro(table.table(), columns);
        return new RowLayout(
                table,
                columns,
                schema,
                new RowEncoder(table.fullName(), columns, schema),
                new RecordKeys(table, columns),
                new PartitionPaths(table, columns),
                columns.position(MetadataColumns.LSN),
                columns.position(MetadataColumns.OP));
    }

    /** The order of the version that these values are. */
    long order(@Nullable Object[] values) {
        return order(String.valueOf(values[operationPlace]), (Long) Objects.requireNonNull(values[lsnPlace]));
    }

    /** The order of a version with these values of {@code __op} and {@code __lsn}. */
    static long order(String operation, long lsn) {
        return Operation.READ.letter().equals(operation) ? RowOrder.ofCopy(lsn) : RowOrder.ofChange(lsn);
    }

    /** Whether a soft delete leaves this value in the row. */
    boolean isKeptBySoftDelete(int place) {
        String name = columns.at(place).name();
        return table.keyColumns().contains(name)
                || partitions.isPartitionColumn(place)
                || MetadataColumns.isMetadata(name);
    }
}
