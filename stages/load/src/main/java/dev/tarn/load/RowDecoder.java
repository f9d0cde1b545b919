package dev.tarn.load;

import dev.tarn.load.value.BigEndian;
import dev.tarn.load.value.ColumnReader;
import dev.tarn.load.value.UnreadableValueException;
import dev.tarn.load.value.ValueReader;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the messages of a binary COPY: a header before the first row, then for each row the number of its fields and
 * for each field its length, -1 for null, and its bytes; -1 in place of the number of fields is the end (COPY in
 * PostgreSQL's documentation, "Binary Format").
 */
final class RowDecoder {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;

    private final TableToCopy table;
    private final TablePlan plan;
    private final Columns columns;
    private final ValueReader[] readers;
    private final @Nullable Object[] template;

    /** @param database whose name rows carry */
    RowDecoder(TableToCopy table, TablePlan plan, String database) {
        this.table = table;
        this.plan = plan;
        this.columns = plan.columns();
        this.readers = plan.readers().stream().map(ColumnReader::values).toArray(ValueReader[]::new);
        this.template = new Object[columns.size()];
        template[columns.position("__db")] = database;
        template[columns.position("__table")] = table.table();
        template[columns.position("__schema")] = table.schema();
    }

    /** The row of a message; null if it has none. */
    @Nullable
    Row decode(byte[] message) {
        int at = isHeader(message) ? HEADER + BigEndian.int4(message, HEADER - Integer.BYTES) : 0;
        if (at == message.length) {
            return null;
        }
        int fields = BigEndian.int2(message, at);
        if (fields < 0) {
            return null;
        }
        if (fields != readers.length) {
            throw new IllegalStateException(fields + " fields where " + readers.length + " were asked for");
        }
        at += Short.BYTES;
        @Nullable Object[] values = template.clone();
        for (int i = 0; i < fields; i++) {
            int length = BigEndian.int4(message, at);
            at += Integer.BYTES;
            if (length >= 0) {
                values[i] = read(i, message, at, length);
                at += length;
            }
        }
        return new Row(columns, values);
    }

    private Object read(int column, byte[] message, int at, int length) {
        try {
            return readers[column].read(message, at, length);
        } catch (UnreadableValueException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "COPY_VALUE",
                    "Cannot copy table '" + table.fullName() + "': column '"
                            + plan.sources().get(column).name() + "' of type "
                            + plan.sources().get(column).declared() + " holds " + e.getMessage()
                            + ", for which the lake has no form. Change these values in the source, or leave the column"
                            + " out with column.exclude.list under options: of the source.",
                    e);
        }
    }

    // A row cannot be taken for one: it would have 20551 fields.
    private static boolean isHeader(byte[] message) {
        if (message.length < HEADER || message[0] != SIGNATURE[0]) {
            return false;
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (message[i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }
}
