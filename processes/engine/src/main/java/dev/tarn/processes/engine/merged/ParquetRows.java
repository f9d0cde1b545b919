package dev.tarn.processes.engine.merged;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/** Writes rows of Spark's into a Parquet file of this machine. */
final class ParquetRows extends ParquetWriter.Builder<InternalRow, ParquetRows> {
    // Of each file that is written; and DuckDB shares a file among its threads by row groups.
    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final StructType columns;

    private ParquetRows(Path file, StructType columns) {
        super(new LocalFile(file));
        this.columns = columns;
    }

    static ParquetWriter<InternalRow> create(Path file, StructType columns) throws IOException {
        Configuration format = new Configuration(false);
        format.set(SQLConf.PARQUET_WRITE_LEGACY_FORMAT().key(), "false");
        format.set(SQLConf.PARQUET_OUTPUT_TIMESTAMP_TYPE().key(), "TIMESTAMP_MICROS");
        format.set(SQLConf.PARQUET_FIELD_ID_WRITE_ENABLED().key(), "false");
        return new ParquetRows(file, columns)
                .withConf(format)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    @Override
    protected ParquetRows self() {
        return this;
    }

    @Override
    protected WriteSupport<InternalRow> getWriteSupport(Configuration format) {
        ParquetWriteSupport.setSchema(columns, format);
        return new ParquetWriteSupport();
    }

    /** Without Hadoop's file system, which starts a program for each file, and writes another with sums. */
    private record LocalFile(Path file) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSizeHint) throws IOException {
            return new Positions(Files.newOutputStream(file));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Positions extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        Positions(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
