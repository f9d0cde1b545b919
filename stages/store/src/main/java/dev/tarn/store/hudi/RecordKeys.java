package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.model.keys.RecordKeyText;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import dev.tarn.store.TableDescription;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/**
 * The text that Hudi keeps as a row's key: the value itself for a single key column, else {@code a:1,b:2}; the same as
 * Hudi's key generators make, so that other writers find the same rows, but for the texts that they do not tell apart
 * ({@link RecordKeyText}).
 */
final class RecordKeys {
    private final String tableName;
    private final List<String> names;
    private final int[] places;
    private final ColumnType[] types;
    private final boolean named;

    RecordKeys(TableDescription table, Columns columns) {
        this.tableName = table.fullName();
        this.names = table.keyColumns();
        this.places = ColumnPlaces.of(tableName, "key", names, columns);
        this.types = new ColumnType[places.length];
        for (int i = 0; i < places.length; i++) {
            types[i] = columns.at(places[i]).type();
            if (types[i] == Scalar.FLOAT || types[i] == Scalar.DOUBLE || types[i] instanceof ColumnType.ListOf) {
                throw new TarnException(
                        ErrorKind.USER,
                        "STORE_KEY",
                        "Cannot keep '" + tableName + "': key column '" + names.get(i) + "' is " + types[i]
                                + ", which has no exact text. Choose another key under key:.");
            }
        }
        this.named = names.size() > 1 || table.partitionColumns().size() > 1;
    }

    /** The class by which other writers of the table make the same keys and paths. */
    static String keyGenerator(TableDescription table) {
        String generator;
        if (table.partitionColumns().isEmpty()) {
            generator = "NonpartitionedAvroKeyGenerator";
        } else if (table.partitionColumns().size() == 1 && table.keyColumns().size() == 1) {
            generator = "SimpleAvroKeyGenerator";
        } else {
            generator = "ComplexAvroKeyGenerator";
        }
        return "org.apache.hudi.keygen." + generator;
    }

    /** The key of a row of Avro values. */
    String key(@Nullable Object[] values) {
        if (!named) {
            return RecordKeyText.single(text(values, 0));
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < places.length; i++) {
            String text = text(values, i);
            key.append(i == 0 ? "" : ",")
                    .append(names.get(i))
                    .append(':')
                    .append(places.length == 1 ? RecordKeyText.single(text) : RecordKeyText.ofSeveral(text));
        }
        return key.toString();
    }

    private String text(@Nullable Object[] values, int i) {
        Object value = values[places[i]];
        if (value == null || value == Row.UNCHANGED) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STORE_KEY_NULL",
                    "Cannot store a row in '" + tableName + "': key column '" + names.get(i)
                            + "' is null. Choose columns that always have a value under key:.");
        }
        return text(value, types[i]);
    }

    /** A value as Hudi's key generators write it. */
    static String text(Object avroValue, ColumnType type) {
        if (type == Scalar.DATE) {
            return LocalDate.ofEpochDay((Integer) avroValue).toString();
        }
        if (type == Scalar.BYTES) {
            return HexFormat.of().formatHex(((ByteBuffer) avroValue).array());
        }
        if (type instanceof Decimal decimal) {
            return new java.math.BigDecimal(
                            new java.math.BigInteger(((GenericFixed) avroValue).bytes()), decimal.scale())
                    .toString();
        }
        return avroValue.toString();
    }
}
