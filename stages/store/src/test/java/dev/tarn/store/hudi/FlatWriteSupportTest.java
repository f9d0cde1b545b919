package dev.tarn.store.hudi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.avro.HoodieAvroWriteSupport;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.util.Option;
import org.apache.parquet.avro.HoodieAvroParquetSchemaConverter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatWriteSupportTest {
    private static final String EVERY_TYPE = """
            {"type": "record", "name": "every_type", "fields": [
              {"name": "key", "type": "string"},
              {"name": "file", "type": "string"},
              {"name": "flag", "type": ["null", "boolean"], "default": null},
              {"name": "number", "type": ["null", "int"], "default": null},
              {"name": "wide", "type": ["long", "null"]},
              {"name": "small", "type": ["null", "float"], "default": null},
              {"name": "large", "type": ["null", "double"], "default": null},
              {"name": "words", "type": ["null", "string"], "default": null},
              {"name": "bytes", "type": ["null", "bytes"], "default": null},
              {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null},
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}], "default": null},
              {"name": "price", "type": ["null", {"type": "fixed", "name": "price_type", "size": 6,
                "logicalType": "decimal", "precision": 12, "scale": 2}], "default": null}%s]}""";

    private static final Schema FLAT = new Schema.Parser().parse(EVERY_TYPE.formatted(""));
    private static final Schema WITH_A_LIST = new Schema.Parser().parse(EVERY_TYPE.formatted("""
            , {"name": "list", "type": ["null", {"type": "array", "items": ["null", "int"]}], "default": null}"""));

    private final Configuration hadoop = ownFileSystem();

    @TempDir
    Path folder;

    // Hadoop keeps one file system for all of a virtual machine: other tests would get the one of this.
    private static Configuration ownFileSystem() {
        Configuration configuration = new Configuration();
        configuration.setBoolean("fs.file.impl.disable.cache", true);
        return configuration;
    }

    @Test
    void filesAreByteByByteThoseOfHudisOwnClass() throws IOException {
        List<IndexedRecord> rows = rows(FLAT, 30_000);

        assertThat(written(FLAT, rows, true)).isEqualTo(written(FLAT, rows, false));
    }

    @Test
    void schemaThatIsNotFlatIsLeftToHudisOwnClass() throws IOException {
        hadoop.setBoolean("parquet.avro.write-old-list-structure", false);
        List<IndexedRecord> rows = rows(WITH_A_LIST, 1_000);

        assertThat(written(WITH_A_LIST, rows, true)).isEqualTo(written(WITH_A_LIST, rows, false));
    }

    @Test
    void nullInARequiredColumnIsRefusedByTheColumnsName() {
        IndexedRecord row = new GenericData.Record(FLAT);

        assertThatThrownBy(() -> written(FLAT, List.of(row), true))
                .hasMessageContaining("Null-value for required field: key");
    }

    private byte[] written(Schema schema, List<IndexedRecord> rows, boolean flat) throws IOException {
        MessageType parquet = HoodieAvroParquetSchemaConverter.getAvroSchemaConverter(hadoop)
                .convert(HoodieSchema.fromAvroSchema(schema));
        HoodieSchema hudi = HoodieSchema.fromAvroSchema(schema);
        WriteSupport<Object> support = flat
                ? new FlatWriteSupport(parquet, hudi, Option.empty(), new Properties())
                : new HoodieAvroWriteSupport<>(parquet, hudi, Option.empty(), new Properties());
        Path file = folder.resolve(flat + ".parquet");
        try (ParquetWriter<Object> writer =
                new Builder(file, support).withConf(hadoop).build()) {
            for (IndexedRecord row : rows) {
                writer.write(row);
            }
        }
        return Files.readAllBytes(file);
    }

    private static List<IndexedRecord> rows(Schema schema, int count) {
        Random random = new Random(1);
        List<IndexedRecord> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenericData.Record row = new GenericData.Record(schema);
            row.put("key", i % 2 == 0 ? "k☃" + i : new Utf8("k☃" + i));
            // Equal, and another object; sometimes encoded already.
            row.put("file", i % 1000 == 7 ? new Utf8("file " + i / 500) : "file " + i / 500);
            row.put("wide", random.nextBoolean() ? null : random.nextLong());
            if (i % 7 != 0) {
                fill(row, schema, random);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void fill(GenericData.Record row, Schema schema, Random random) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        row.put("flag", random.nextBoolean());
        row.put("number", random.nextInt());
        row.put("small", random.nextFloat());
        row.put("large", random.nextDouble());
        row.put("words", "wörds 𝄞 " + random.nextInt(50));
        row.put("bytes", ByteBuffer.wrap(bytes.clone(), 1, 4));
        row.put("day", random.nextInt(20_000));
        row.put("at", random.nextLong());
        row.put(
                "price",
                new GenericData.Fixed(
                        schema.getField("price").schema().getTypes().get(1), bytes));
        if (schema.getField("list") != null) {
            row.put("list", java.util.Arrays.asList(1, null, random.nextInt()));
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Object, Builder> {
        private final WriteSupport<Object> support;

        Builder(Path file, WriteSupport<Object> support) {
            super(new org.apache.hadoop.fs.Path(file.toUri()));
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Object> getWriteSupport(Configuration conf) {
            return support;
        }
    }
}
