package dev.tarn.processes.collect.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Envelopes as Debezium's PostgreSQL connector makes them. */
class FlattenChangesTest {
    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .name("shop.Value")
            .field("id", Schema.INT32_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private final FlattenChanges<SourceRecord> flatten = new FlattenChanges<>();

    @BeforeEach
    void configure() {
        flatten.configure(Map.of("delete.tombstone.handling.mode", "rewrite", "add.fields", "op,lsn"));
    }

    @Test
    void truncateBecomesARecordThatSaysSo() {
        SourceRecord record = flattened(record("t", null, null, "false"));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.topic()).isEqualTo("lake.public.shop");
        assertThat(text(record, FlattenChanges.TRUNCATED)).isEqualTo("77,1234");
    }

    @Test
    void lastRowOfACopySaysSoAndNoOther() {
        for (String snapshot : new String[] {"first", "true", "first_in_data_collection", "false"}) {
            assertThat(flattened(record("r", null, 1, snapshot)).headers())
                    .as(snapshot)
                    .isEmpty();
        }
        for (String snapshot : new String[] {"last_in_data_collection", "last"}) {
            SourceRecord record = flattened(record("r", null, 1, snapshot));
            assertThat(text(record, FlattenChanges.COPIED)).as(snapshot).isEqualTo("77,1234");
            assertThat(((Struct) record.value()).get("id")).isEqualTo(1);
        }
    }

    @Test
    void otherChangesAreDebeziumsOwn() {
        SourceRecord update = flattened(record("u", 1, 2, "false"));
        SourceRecord delete = flattened(record("d", 1, null, "false"));

        assertThat(((Struct) update.value()).get("id")).isEqualTo(2);
        assertThat(((Struct) update.value()).get("__op")).isEqualTo("u");
        assertThat(((Struct) delete.value()).get("__deleted")).isEqualTo("true");
        assertThat(update.headers()).isEmpty();
    }

    private SourceRecord flattened(SourceRecord record) {
        return Objects.requireNonNull(flatten.apply(record));
    }

    private static SourceRecord record(String op, @Nullable Integer before, @Nullable Integer after, String snapshot) {
        Struct value = new Struct(ENVELOPE)
                .put("before", row(before))
                .put("after", row(after))
                .put(
                        "source",
                        new Struct(SOURCE)
                                .put("snapshot", snapshot)
                                .put("lsn", 77L)
                                .put("ts_ms", 1234L))
                .put("op", op);
        return new SourceRecord(Map.of(), Map.of(), "lake.public.shop", null, null, null, ENVELOPE, value);
    }

    private static @Nullable Struct row(@Nullable Integer id) {
        return id == null ? null : new Struct(ROW).put("id", id);
    }

    private static String text(SourceRecord record, String header) {
        return (String) record.headers().lastWithName(header).value();
    }
}
