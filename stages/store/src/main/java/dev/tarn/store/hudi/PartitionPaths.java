package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import dev.tarn.store.TableDescription;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hudi.common.util.PartitionPathEncodeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a row: {@code column=value} for each partition column, odd characters escaped as Hive does, null and the
 * empty text as {@code __HIVE_DEFAULT_PARTITION__}; the same as Hudi's key generators make.
 */
final class PartitionPaths {
    private static final Set<Scalar> ALLOWED =
            EnumSet.of(Scalar.STRING, Scalar.INT, Scalar.LONG, Scalar.BOOLEAN, Scalar.DATE);
    private static final int MAX_NAME_BYTES = 255;

    private final String tableName;
    private final List<String> names;
    private final int[] places;
    private final ColumnType[] types;

    PartitionPaths(TableDescription table, Columns columns) {
        this.tableName = table.fullName();
        this.names = table.partitionColumns();
        this.places = ColumnPlaces.of(tableName, "partition", names, columns);
        this.types = new ColumnType[places.length];
        for (int i = 0; i < places.length; i++) {
            types[i] = columns.at(places[i]).type();
            if (!(types[i] instanceof Scalar scalar) || !ALLOWED.contains(scalar)) {
                throw new TarnException(
                        ErrorKind.USER,
                        "STORE_PARTITION",
                        "Cannot keep '" + tableName + "': partition column '" + names.get(i) + "' is " + types[i]
                                + ". Partition by a column of type string, int, long, boolean or date.");
            }
        }
    }

    /** The path for a row of Avro values, "" without partition columns; null where a value is {@link Row#UNCHANGED}. */
    @Nullable
    String path(@Nullable Object[] values) {
        if (places.length == 1) {
            return folder(0, values[places[0]]);
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < places.length; i++) {
            String folder = folder(i, values[places[i]]);
            if (folder == null) {
                return null;
            }
            path.append(i == 0 ? "" : "/").append(folder);
        }
        return path.toString();
    }

    private @Nullable String folder(int i, @Nullable Object value) {
        if (value == Row.UNCHANGED) {
            return null;
        }
        String text = value == null ? null : RecordKeys.text(value, types[i]);
        String folder = names.get(i) + "=" + PartitionPathEncodeUtils.escapePartitionValue(text);
        if (folder.length() > MAX_NAME_BYTES / 3 && folder.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STORE_PARTITION_VALUE",
                    "Cannot store a row in '" + tableName + "': the value '" + text + "' of partition column '"
                            + names.get(i) + "' makes a folder name of more than " + MAX_NAME_BYTES
                            + " bytes. Partition by a column with short values.");
        }
        return folder;
    }

    /** Sets the partition columns of a row to what its path says; the empty text comes back as null. */
    void restore(String path, @Nullable Object[] values) {
        String[] folders = path.split("/");
        for (int i = 0; i < places.length; i++) {
            String text = folders[i].substring(names.get(i).length() + 1);
            values[places[i]] = PartitionPathEncodeUtils.DEFAULT_PARTITION_PATH.equals(text)
                    ? null
                    : parse(PartitionPathEncodeUtils.unescapePathName(text), (Scalar) types[i]);
        }
    }

    private static Object parse(String text, Scalar type) {
        return switch (type) {
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            default -> text;
        };
    }

    boolean isPartitionColumn(int place) {
        for (int partitionPlace : places) {
            if (partitionPlace == place) {
                return true;
            }
        }
        return false;
    }
}
