package dev.tarn.processes.collect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.resolver.DefaultSchemaResolver;
import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.resolver.ParsedSchemaImpl;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered must be what the registry said; the registry itself is part of the product's tests. */
class RegistryAvroConverterTest {
    private static final Schema SALE = SchemaBuilder.struct()
            .name("shop.Sale")
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "price",
                    Decimal.builder(2)
                            .optional()
                            .parameter("connect.decimal.precision", "10")
                            .build())
            .field(
                    "tags",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .build();
    private static final Schema WIDER = SchemaBuilder.struct()
            .name("shop.Sale")
            .field("id", Schema.INT64_SCHEMA)
            .field("room", Schema.OPTIONAL_INT32_SCHEMA)
            .build();

    private final RegistryAvroConverter converter = new RegistryAvroConverter();

    @BeforeEach
    void configure() {
        Answers.schemas.clear();
        Answers.asked = 0;
        converter.configure(
                Map.of(
                        "apicurio.registry.url", "http://127.0.0.1:1",
                        "apicurio.registry.schema-resolver", Answers.class.getName(),
                        "apicurio.registry.as-confluent", "true",
                        "apicurio.registry.use-id", "contentId",
                        "apicurio.registry.headers.enabled", "false"),
                false);
    }

    @Test
    @Tag("case:null-over-default")
    void nullIsNullAlsoWhereTheColumnHasADefault() {
        Schema schema = SchemaBuilder.struct()
                .name("shop.Defaults")
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "status",
                        SchemaBuilder.string().optional().defaultValue("new").build())
                .field("n", SchemaBuilder.int32().optional().defaultValue(7).build())
                .field("name", SchemaBuilder.string().defaultValue("none").build())
                .build();
        for (int i = 0; i < 3; i++) {
            Struct row = new Struct(schema)
                    .put("id", 1L)
                    .put("status", null)
                    .put("n", null)
                    .put("name", "");

            Struct read = (Struct) converter.toConnectData("t", write("t", row)).value();

            assertThat(read.getWithoutDefault("status")).isNull();
            assertThat(read.getWithoutDefault("n")).isNull();
            assertThat(read.getWithoutDefault("name")).isEqualTo("");
        }
        Struct given = new Struct(schema)
                .put("id", 2L)
                .put("status", "new")
                .put("n", 0)
                .put("name", "x");
        assertThat(((Struct) converter.toConnectData("t", write("t", given)).value()).getWithoutDefault("n"))
                .isEqualTo(0);
    }

    @Test
    void rowsComeBackAsTheyWereAndTheRegistryIsAskedOnceForASchema() {
        List<Struct> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(new Struct(SALE)
                    .put("id", (long) i)
                    .put("note", i % 2 == 0 ? null : "☃ " + i)
                    .put("price", i == 3 ? null : new BigDecimal("-1234.5" + i))
                    .put("tags", i == 4 ? null : java.util.Arrays.asList("a", null)));
        }

        List<byte[]> bytes = rows.stream().map(row -> write("t", row)).toList();
        List<Object> read = bytes.stream()
                .map(each -> converter.toConnectData("t", each))
                .map(SchemaAndValue::value)
                .toList();

        assertThat(read.stream().map(Object::toString))
                .containsExactlyElementsOf(rows.stream().map(Object::toString).toList());
        assertThat(Answers.asked).as("once to write, once to read").isEqualTo(2);
        assertThat(bytes)
                .allSatisfy(each -> assertThat(ByteBuffer.wrap(each).getInt(1))
                        .as("the id of the schema")
                        .isEqualTo(ByteBuffer.wrap(bytes.get(0)).getInt(1)));
    }

    @Test
    void eachSchemaAndEachTopicHasItsOwnId() {
        byte[] narrow = write("t", new Struct(SALE).put("id", 1L));
        byte[] wide = write("t", new Struct(WIDER).put("id", 2L).put("room", 7));
        byte[] elsewhere = write("u", new Struct(SALE).put("id", 3L));
        assertThat(Answers.asked).isEqualTo(3);

        assertThat(((Struct) converter.toConnectData("t", wide).value()).get("room"))
                .isEqualTo(7);
        assertThat(((Struct) converter.toConnectData("t", narrow).value()).get("id"))
                .isEqualTo(1L);
        assertThat(((Struct) converter.toConnectData("u", elsewhere).value()).get("id"))
                .isEqualTo(3L);
    }

    @Test
    void recordsGetNoHeaders() {
        RecordHeaders headers = new RecordHeaders();

        converter.fromConnectData("t", headers, SALE, new Struct(SALE).put("id", 1L));

        assertThat(headers.toArray()).isEmpty();
    }

    @Test
    void tombstonesStayNull() {
        assertThat(converter.fromConnectData("t", null, null)).isNull();
        assertThat(converter.toConnectData("t", null).value()).isNull();
    }

    @Test
    void bytesThatDoNotFitTheirSchemaAreRefusedWithItsId() {
        byte[] whole = write("t", new Struct(SALE).put("id", 1L).put("note", "a note"));
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);

        assertThatThrownBy(() -> converter.toConnectData("t", cut))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not fit its schema, which has id 1");
    }

    private byte[] write(String topic, Struct row) {
        return Objects.requireNonNull(converter.fromConnectData(topic, new RecordHeaders(), row.schema(), row));
    }

    /** Gives each schema that it is shown the next number. */
    public static final class Answers extends DefaultSchemaResolver<org.apache.avro.Schema, Object> {
        private static final List<org.apache.avro.Schema> schemas = new ArrayList<>();
        private static int asked;

        @Override
        public SchemaLookupResult<org.apache.avro.Schema> resolveSchema(Record<Object> data) {
            asked++;
            org.apache.avro.Schema schema = ((GenericRecord) data.payload()).getSchema();
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            return answer(schemas.indexOf(schema) + 1L);
        }

        @Override
        public SchemaLookupResult<org.apache.avro.Schema> resolveSchemaByArtifactReference(
                ArtifactReference reference) {
            asked++;
            return answer(reference.getContentId());
        }

        private static SchemaLookupResult<org.apache.avro.Schema> answer(long id) {
            ParsedSchema<org.apache.avro.Schema> parsed =
                    new ParsedSchemaImpl<org.apache.avro.Schema>().setParsedSchema(schemas.get((int) id - 1));
            return SchemaLookupResult.<org.apache.avro.Schema>builder()
                    .contentId(id)
                    .globalId(id)
                    .parsedSchema(parsed)
                    .build();
        }
    }
}
