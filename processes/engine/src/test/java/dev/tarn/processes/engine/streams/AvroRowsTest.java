package dev.tarn.processes.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.avro.AvroDeserializer;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What {@link AvroRows} reads is what Avro's reader and Spark's deserializer make of the same bytes. */
class AvroRowsTest {
    private static final Schema WRITER = AvroSchemas.parse("""
            {"type": "record", "name": "sale", "fields": [
              {"name": "id", "type": "long"},
              {"name": "shop", "type": "int"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}},
              {"name": "total", "type": ["null",
                {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 3}]},
              {"name": "tax", "type": [{"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 18}, "null"]},
              {"name": "country", "type": "string"},
              {"name": "note", "type": ["null", "string"]},
              {"name": "paid", "type": "boolean"},
              {"name": "weight", "type": "float"},
              {"name": "height", "type": ["double", "null"]},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
              {"name": "kind", "type": {"type": "enum", "name": "kind", "symbols": ["A", "B"]}},
              {"name": "code", "type": {"type": "fixed", "name": "code", "size": 3}},
              {"name": "raw", "type": "bytes"},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "either", "type": ["int", "string"]},
              {"name": "buyer", "type": ["null", {"type": "record", "name": "buyer", "fields": [
                {"name": "name", "type": "string"}, {"name": "age", "type": ["null", "int"]}]}]}]}
            """);

    /** Fields renamed, promoted, left out, added with a default, in another order. */
    private static final Schema LATER = AvroSchemas.parse("""
            {"type": "record", "name": "sale", "fields": [
              {"name": "land", "type": "string", "aliases": ["country"]},
              {"name": "shop", "type": "long"},
              {"name": "rebate", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2},
                "default": "\\u0001\\u0000"},
              {"name": "channel", "type": ["null", "string"], "default": null},
              {"name": "grade", "type": "string", "default": "plain"},
              {"name": "paid", "type": ["null", "boolean"]},
              {"name": "buyer", "type": ["null", {"type": "record", "name": "buyer", "fields": [
                {"name": "age", "type": ["null", "long"]}, {"name": "zip", "type": "string", "default": "-"},
                {"name": "surname", "type": "string", "aliases": ["name"]}]}]},
              {"name": "id", "type": "long"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}}]}
            """);

    private final Random random = new Random(7);

    @Test
    void valuesOfEveryTypeAreThoseOfSparkAndAvro() throws Exception {
        sameRows(WRITER, WRITER);
    }

    @Test
    void eventsOfAnOlderSchemaAreResolvedAsAvroDoes() throws Exception {
        sameRows(WRITER, LATER);
    }

    @Test
    void eventThatEndsEarlyIsRefusedWhereverItEnds() throws Exception {
        AvroRows rows = new AvroRows(WRITER, WRITER, AvroSchemas.type(WRITER));
        byte[] event = bytes(WRITER, sale(1));
        for (int length = 0; length < event.length; length++) {
            BinaryDecoder cut = DecoderFactory.get().binaryDecoder(event, 0, length, null);
            assertThatThrownBy(() -> rows.read(cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(Exception.class);
        }
        assertThat(rows.read(decoder(event))).as("after all of those").isNotNull();
    }

    @Test
    void decimalOfMoreDigitsThanItsColumnIsRefused() throws Exception {
        Schema schema = AvroSchemas.parse("""
                {"type": "record", "name": "sale", "fields": [
                  {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}}]}
                """);
        AvroRows rows = new AvroRows(schema, schema, AvroSchemas.type(schema));
        for (String digits : List.of("12345678", "-12345678", "18446744073709551617")) {
            byte[] event = bytes(schema, amount(schema, new BigInteger(digits).toByteArray()));
            assertThatThrownBy(() -> rows.read(decoder(event))).as(digits).isInstanceOf(ArithmeticException.class);
        }
        byte[] padded = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0};
        byte[] event = bytes(schema, amount(schema, padded));
        assertThat(rows.read(decoder(event)).getDecimal(0, 7, 2).toJavaBigDecimal())
                .isEqualTo(new BigDecimal("2.56"));
    }

    @Test
    void eventsWithoutAFieldThatTheReaderMustHaveAreRefused() throws Exception {
        Schema reader = AvroSchemas.parse("""
                {"type": "record", "name": "sale", "fields": [{"name": "id", "type": "long"}, {"name": "more", "type": "int"}]}
                """);
        AvroRows rows = new AvroRows(WRITER, reader, AvroSchemas.type(reader));
        byte[] event = bytes(WRITER, sale(1));
        assertThatThrownBy(() -> rows.read(decoder(event))).hasMessageContaining("more");
    }

    /** Rows are kept to the end: none may change when the next event is read. */
    private void sameRows(Schema writer, Schema reader) throws IOException {
        StructType type = AvroSchemas.type(reader);
        AvroRows rows = new AvroRows(writer, reader, type);
        AvroDeserializer spark = new AvroDeserializer(reader, type, "CORRECTED", false);
        List<InternalRow> ours = new ArrayList<>();
        List<InternalRow> theirs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] event = bytes(writer, sale(i));
            BinaryDecoder in = decoder(event);
            ours.add(rows.read(in));
            assertThat(in.isEnd()).isTrue();
            Object avro = new GenericDatumReader<>(writer, reader).read(null, decoder(event));
            // It makes each row in the place of the one before.
            theirs.add(((InternalRow) spark.deserialize(avro).get()).copy());
        }
        for (int i = 0; i < ours.size(); i++) {
            assertThat(shown(ours.get(i), type)).as("event %d", i).isEqualTo(shown(theirs.get(i), type));
        }
    }

    private static List<Object> shown(InternalRow row, StructType type) {
        return shown((Row) CatalystTypeConverters.convertToScala(row, type));
    }

    private static List<Object> shown(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            values.add(
                    value instanceof Row inner
                            ? shown(inner)
                            : value instanceof byte[] raw ? HexFormat.of().formatHex(raw) : value);
        }
        return values;
    }

    /** Every third value that may be absent is; text and decimals are of every length. */
    private GenericRecord sale(int i) {
        boolean some = i % 3 != 0;
        GenericRecord buyer = new GenericRecordBuilder(
                        WRITER.getField("buyer").schema().getTypes().get(1))
                .set("name", text())
                .set("age", i % 2 == 0 ? i : null)
                .build();
        byte[] code = new byte[3];
        random.nextBytes(code);
        return new GenericRecordBuilder(WRITER)
                .set("id", random.nextLong())
                .set("shop", random.nextInt())
                .set("amount", unscaled(random.nextInt(19_999_999) - 9_999_999L))
                .set(
                        "total",
                        some
                                ? ByteBuffer.wrap(
                                        new BigInteger(90, random).negate().toByteArray())
                                : null)
                .set("tax", some ? unscaled(random.nextLong() % 1_000_000_000_000_000_000L) : null)
                .set("country", text())
                .set("note", some ? text() : null)
                .set("paid", random.nextBoolean())
                .set("weight", random.nextFloat())
                .set("height", some ? random.nextGaussian() : null)
                .set("day", random.nextInt(40_000) - 20_000)
                .set("at", random.nextLong() / 1000)
                .set("seen", some ? random.nextLong() / 1_000_000 : null)
                .set("local", random.nextLong() / 1000)
                .set("kind", new GenericData.EnumSymbol(WRITER.getField("kind").schema(), some ? "A" : "B"))
                .set("code", new GenericData.Fixed(WRITER.getField("code").schema(), code))
                .set("raw", ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)))
                .set("tags", some ? List.of(text(), text()) : List.of())
                .set("counts", Map.of(text(), random.nextLong()))
                .set("either", some ? (Object) i : text())
                .set("buyer", some ? buyer : null)
                .build();
    }

    private String text() {
        return "äöü€😀abcdefghijkl".substring(random.nextInt(4)).repeat(random.nextInt(4));
    }

    private static ByteBuffer unscaled(long value) {
        return ByteBuffer.wrap(BigInteger.valueOf(value).toByteArray());
    }

    private static GenericRecord amount(Schema schema, byte[] unscaled) {
        return new GenericRecordBuilder(schema)
                .set("amount", ByteBuffer.wrap(unscaled))
                .build();
    }

    private static byte[] bytes(Schema schema, GenericRecord event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static BinaryDecoder decoder(byte[] event) {
        return DecoderFactory.get().binaryDecoder(event, null);
    }
}
