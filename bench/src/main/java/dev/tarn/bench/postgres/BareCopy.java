package dev.tarn.bench.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The limit of a first copy: the rows of {@code sales} by COPY, written as they come into one file of Parquet, and no more. */
public final class BareCopy {
    private static final String QUERY =
            "COPY (SELECT id, region, customer, product, status, quantity, (price * 100)::bigint,"
                    + " paid, (extract(epoch FROM sold_at) * 1000000)::bigint, note FROM sales) TO STDOUT";

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "sales", "fields": [
              {"name": "id", "type": "long"}, {"name": "region", "type": "string"}, {"name": "customer", "type": "string"},
              {"name": "product", "type": "string"}, {"name": "status", "type": "string"},
              {"name": "quantity", "type": "int"},
              {"name": "price", "type": {"type": "fixed", "name": "price", "size": 6, "logicalType": "decimal",
                "precision": 12, "scale": 2}},
              {"name": "paid", "type": "boolean"},
              {"name": "sold_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "note", "type": ["null", "string"], "default": null}]}""");

    private static final Schema PRICE = SCHEMA.getField("price").schema();
    private static final byte[] NULL = {'\\', 'N'};

    /** The name by which all connect. */
    public static final String USER = "postgres";

    private BareCopy() {}

    /**
     * Prints how long it took, in seconds.
     *
     * @param words the database's address for JDBC, and how many rows there are; the password is a line of standard input
     */
    public static void main(String[] words) throws SQLException, IOException {
        String password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        try (Connection connection = DriverManager.getConnection(words[0], USER, password)) {
            System.out.println(seconds(connection, Integer.parseInt(words[1])));
        }
    }

    private static double seconds(Connection connection, int rows) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("tarn-bench-bare-");
        try {
            long start = System.nanoTime();
            long read = copy(connection, folder.resolve("sales.parquet"));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (read != rows) {
                throw new IllegalStateException("read " + read + " rows of " + rows);
            }
            return seconds;
        } finally {
            Files.deleteIfExists(folder.resolve(".sales.parquet.crc"));
            Files.deleteIfExists(folder.resolve("sales.parquet"));
            Files.delete(folder);
        }
    }

    /** @return how many rows there are now in the file, which was not there before */
    public static long copy(Connection connection, Path file) throws SQLException, IOException {
        CopyOut rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(QUERY);
        long count = 0;
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(
                        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))
                .withSchema(SCHEMA)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (byte[] line = rows.readFromCopy(); line != null; line = rows.readFromCopy()) {
                writer.write(record(new Line(line)));
                count++;
            }
        }
        return count;
    }

    private static GenericRecord record(Line line) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put(0, line.number());
        for (int i = 1; i <= 4; i++) {
            record.put(i, line.text());
        }
        record.put(5, (int) line.number());
        byte[] price = ByteBuffer.allocate(Long.BYTES).putLong(line.number()).array();
        record.put(6, new GenericData.Fixed(PRICE, Arrays.copyOfRange(price, 2, Long.BYTES)));
        record.put(7, line.isTrue());
        record.put(8, line.number());
        record.put(9, line.text());
        return record;
    }

    /** A line of COPY's text, value by value. None of these values needs an escape. */
    private static final class Line {
        private final byte[] bytes;
        private int at;

        Line(byte[] bytes) {
            this.bytes = bytes;
        }

        private int end() {
            int end = at;
            while (bytes[end] != '\t' && bytes[end] != '\n') {
                end++;
            }
            return end;
        }

        long number() {
            int end = end();
            long number = Long.parseLong(new String(bytes, at, end - at, StandardCharsets.US_ASCII));
            at = end + 1;
            return number;
        }

        boolean isTrue() {
            boolean value = bytes[at] == 't';
            at = end() + 1;
            return value;
        }

        @Nullable
        Utf8 text() {
            int end = end();
            byte[] value = Arrays.copyOfRange(bytes, at, end);
            at = end + 1;
            return Arrays.equals(value, NULL) ? null : new Utf8(value);
        }
    }
}
