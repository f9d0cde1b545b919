package dev.tarn.store.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.Change;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.TopicPartition;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("lake.public.artists", 0);

    private final RecordReader reader = new RecordReader();

    @Test
    void insertBecomesACreateWithPositionTimeAndOffset() {
        Struct row = new Struct(schema(Schema.OPTIONAL_STRING_SCHEMA)).put("value", "Ünï ☃");

        Change change = read(row, "c", "false");

        assertThat(change.operation()).isEqualTo(Operation.CREATE);
        assertThat(change.lsn()).isEqualTo(42L);
        assertThat(change.sourceMillis()).isEqualTo(1_000L);
        assertThat(change.offset()).isEqualTo(7L);
        assertThat(value(change)).isEqualTo("Ünï ☃");
    }

    @Test
    void rewrittenDeleteBecomesADelete() {
        assertThat(read(new Struct(schema(Schema.OPTIONAL_STRING_SCHEMA)), "d", "true")
                        .operation())
                .isEqualTo(Operation.DELETE);
    }

    @Test
    void tombstoneIsNoChange() {
        assertThat(reader.read(new SinkRecord("t", 0, null, null, null, null, 7), PARTITION))
                .isEmpty();
    }

    @Test
    void unchangedToastValueIsMarkedWhateverItsForm() {
        Change text = read(
                new Struct(schema(Schema.OPTIONAL_STRING_SCHEMA)).put("value", "__debezium_unavailable_value"),
                "u",
                "false");
        Schema list =
                SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();
        Change array =
                read(new Struct(schema(list)).put("value", List.of("__debezium_unavailable_value")), "u", "false");

        assertThat(value(text)).isSameAs(Row.UNCHANGED);
        assertThat(value(array)).isSameAs(Row.UNCHANGED);
    }

    @Test
    void compositeValuesAreTextThatCanBeReadAgain() {
        Schema point = SchemaBuilder.struct()
                .optional()
                .name("io.debezium.data.geometry.Point")
                .field("x", Schema.FLOAT64_SCHEMA)
                .field("y", Schema.FLOAT64_SCHEMA)
                .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
                .build();
        Schema geometry = SchemaBuilder.struct()
                .optional()
                .name("io.debezium.data.geometry.Geometry")
                .field("wkb", Schema.BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
                .build();
        Schema sparse = SchemaBuilder.struct()
                .optional()
                .field("vector", SchemaBuilder.map(Schema.INT16_SCHEMA, Schema.FLOAT64_SCHEMA))
                .field("dimensions", Schema.INT16_SCHEMA)
                .build();

        assertThat(text(point, new Struct(point).put("x", 1.5).put("y", -2e-7).put("wkb", new byte[] {1})))
                .isEqualTo("(1.5,-0.0000002)");
        assertThat(text(
                        geometry,
                        new Struct(geometry)
                                .put("wkb", new byte[] {1, (byte) 0xab})
                                .put("srid", 4326)))
                .isEqualTo("SRID=4326;01AB");
        assertThat(text(
                        sparse,
                        new Struct(sparse)
                                .put("vector", java.util.Map.of((short) 3, 0.5))
                                .put("dimensions", (short) 7)))
                .isEqualTo("{\"dimensions\":7,\"vector\":{\"3\":0.5}}");
    }

    private String text(Schema type, Struct value) {
        return String.valueOf(value(read(new Struct(schema(type)).put("value", value), "c", "false")));
    }

    @Test
    void nullStaysNullWhereTheColumnHasADefault() {
        Schema withDefault =
                SchemaBuilder.string().optional().defaultValue("a default").build();

        assertThat(value(read(new Struct(schema(withDefault)), "c", "false"))).isNull();
    }

    @Test
    void decimalKeepsPrecisionScaleAndValue() {
        Schema decimal = Decimal.builder(4)
                .parameter("connect.decimal.precision", "12")
                .optional()
                .build();

        Change change = read(new Struct(schema(decimal)).put("value", new BigDecimal("55.8801")), "c", "false");

        assertThat(type(change)).isEqualTo(new ColumnType.Decimal(12, 4));
        assertThat(value(change)).isEqualTo(new BigDecimal("55.8801"));
    }

    @Test
    void numericWithoutScaleBecomesExactText() {
        Schema variable = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .optional()
                .build();
        Struct number =
                new Struct(variable).put("scale", 2).put("value", new java.math.BigInteger("-12345").toByteArray());

        Change change = read(new Struct(schema(variable)).put("value", number), "c", "false");

        assertThat(type(change)).isEqualTo(Scalar.STRING);
        assertThat(value(change)).isEqualTo("-123.45");
    }

    @Test
    void timesKeepTheirMicroseconds() {
        assertThat(one("io.debezium.time.MicroTimestamp", Schema.Type.INT64, 1_234_567L))
                .isEqualTo(Instant.ofEpochSecond(1, 234_567_000));
        assertThat(one("io.debezium.time.MicroTimestamp", Schema.Type.INT64, -1L))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(one("io.debezium.time.ZonedTimestamp", Schema.Type.STRING, "2021-05-08T21:21:56.996577+02:00"))
                .isEqualTo(Instant.parse("2021-05-08T19:21:56.996577Z"));
        assertThat(one("io.debezium.time.Date", Schema.Type.INT32, -1)).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(one("io.debezium.time.MicroTime", Schema.Type.INT64, 3_600_000_001L))
                .isEqualTo("01:00:00.000001");
        assertThat(one("io.debezium.time.MicroTime", Schema.Type.INT64, 86_400_000_000L))
                .isEqualTo("24:00:00");
    }

    @Test
    void listKeepsItsNulls() {
        Schema list =
                SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).optional().build();

        Change change = read(new Struct(schema(list)).put("value", Arrays.asList(1, null, 3)), "c", "false");

        assertThat(type(change)).isEqualTo(new ColumnType.ListOf(Scalar.INT));
        assertThat(value(change)).isEqualTo(Arrays.asList(1, null, 3));
    }

    @Test
    void recordWithoutAPositionIsRefusedWithTheReason() {
        Schema bare = SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
        SinkRecord record = new SinkRecord("t", 0, null, null, bare, new Struct(bare).put("id", 1), 7);

        assertThatThrownBy(() -> reader.read(record, PARTITION))
                .isInstanceOf(DataException.class)
                .hasMessage("the row has no position in the source's log: __lsn is null");
    }

    @Test
    void unknownOperationIsRefusedWithItsLetter() {
        assertThatThrownBy(() -> read(new Struct(schema(Schema.OPTIONAL_STRING_SCHEMA)), "z", "false"))
                .hasMessage("the operation is 'z'; known are c, r, u and d");
    }

    private Object one(String meaning, Schema.Type type, Object value) {
        Schema field = new SchemaBuilder(type).name(meaning).optional().build();
        return value(read(new Struct(schema(field)).put("value", value), "c", "false"));
    }

    private Change read(Struct row, String operation, String deleted) {
        row.put("id", 1)
                .put("__op", operation)
                .put("__lsn", 42L)
                .put("__source_ts_ms", 1_000L)
                .put("__deleted", deleted);
        return reader.read(new SinkRecord("t", 0, null, null, row.schema(), row, 7), PARTITION)
                .orElseThrow();
    }

    private static Object value(Change change) {
        return change.row().values()[change.row().columns().position("value")];
    }

    private static ColumnType type(Change change) {
        return change.row()
                .columns()
                .at(change.row().columns().position("value"))
                .type();
    }

    private static Schema schema(Schema value) {
        return SchemaBuilder.struct()
                .field("id", Schema.INT32_SCHEMA)
                .field("value", value)
                .field("__op", Schema.OPTIONAL_STRING_SCHEMA)
                .field("__lsn", Schema.OPTIONAL_INT64_SCHEMA)
                .field("__source_ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
    }
}
