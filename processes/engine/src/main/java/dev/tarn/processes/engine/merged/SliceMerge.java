package dev.tarn.processes.engine.merged;

import dev.tarn.processes.engine.duckdb.TableParquet;
import dev.tarn.processes.engine.hudi.TableSnapshot;
import dev.tarn.processes.engine.hudi.TableSnapshot.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.hudi.HoodieSchemaConversionUtils;
import org.apache.hudi.client.common.HoodieSparkEngineContext;
import org.apache.hudi.client.common.SparkReaderContextFactory;
import org.apache.hudi.common.config.RecordMergeMode;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.engine.HoodieReaderContext;
import org.apache.hudi.common.engine.ReaderContextFactory;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.read.BufferedRecord;
import org.apache.hudi.common.table.read.HoodieFileGroupReader;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads slices of one snapshot as Spark reads them, and writes the rows into Parquet files. May be used by several threads. */
final class SliceMerge {
    // Of the rows in logs; what is more goes to disk.
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int ROWS_BETWEEN_LOOKS = 1024;

    private final SparkSession session;
    private final TableSnapshot snapshot;
    private final HoodieSchema schema;
    private final StructType columns;
    private final ReaderContextFactory<InternalRow> contexts;
    private final Path scratch;

    /** @param scratch a folder for rows that do not fit into memory */
    SliceMerge(SparkSession session, TableSnapshot snapshot, Path scratch) {
        this.session = session;
        this.snapshot = snapshot;
        this.schema = snapshot.schema();
        this.columns = HoodieSchemaConversionUtils.convertHoodieSchemaToStructType(schema);
        this.contexts = new SparkReaderContextFactory(
                new HoodieSparkEngineContext(new JavaSparkContext(session.sparkContext()), session.sqlContext()),
                snapshot.client());
        this.scratch = scratch;
    }

    /** @param isCancelled is asked now and then; if it is so, the merge fails */
    void merge(Slice slice, Path file, BooleanSupplier isCancelled) throws IOException {
        // Spark's reader and writer of Parquet ask the session of their thread.
        SparkSession.setActiveSession(session);
        try (HoodieFileGroupReader<InternalRow> reader = reader(slice.files(), contexts.getContext());
                ClosableIterator<InternalRow> rows = reader.getClosableIterator();
                ParquetWriter<InternalRow> writer = ParquetRows.create(file, columns)) {
            for (long row = 0; rows.hasNext(); row++) {
                if (row % ROWS_BETWEEN_LOOKS == 0 && isCancelled.getAsBoolean()) {
                    throw new IOException("the merge was cancelled");
                }
                writer.write(rows.next());
            }
        } finally {
            SparkSession.clearActiveSession();
        }
    }

    /**
     * Writes what the logs of a slice say of its rows: each row that they change or add, and of those that they delete the key
     * alone.
     *
     * @param isCancelled is asked now and then; if it is so, this fails
     */
    void changes(Slice slice, Path file, BooleanSupplier isCancelled) throws IOException {
        SparkSession.setActiveSession(session);
        int key = columns.fieldIndex(TableParquet.KEY);
        try (HoodieFileGroupReader<InternalRow> reader = reader(slice.logsAlone(), contexts.getContext());
                ClosableIterator<BufferedRecord<InternalRow>> rows = reader.getLogRecordsOnly();
                ParquetWriter<InternalRow> writer = ParquetRows.create(file, columns.asNullable())) {
            for (long row = 0; rows.hasNext(); row++) {
                if (row % ROWS_BETWEEN_LOOKS == 0 && isCancelled.getAsBoolean()) {
                    throw new IOException("the merge was cancelled");
                }
                BufferedRecord<InternalRow> next = rows.next();
                if (next.isDelete()) {
                    InternalRow gone = new GenericInternalRow(columns.size());
                    gone.update(key, UTF8String.fromString(next.getRecordKey()));
                    writer.write(gone);
                } else {
                    writer.write(next.getRecord());
                }
            }
        } finally {
            SparkSession.clearActiveSession();
        }
    }

    /**
     * Whether of several versions of a row the one that was committed last counts, whatever it says. Then nothing in a base
     * file matters to who knows what its logs say.
     */
    boolean isLastCommitRight(Slice any) throws IOException {
        HoodieReaderContext<InternalRow> context = contexts.getContext();
        try (HoodieFileGroupReader<InternalRow> reader = reader(any.logsAlone(), context)) {
            return context.getMergeMode() == RecordMergeMode.COMMIT_TIME_ORDERING
                    && snapshot.client().getTableConfig().populateMetaFields()
                    && snapshot.client().getTableConfig().getPartialUpdateMode().isEmpty();
        }
    }

    private HoodieFileGroupReader<InternalRow> reader(FileSlice files, HoodieReaderContext<InternalRow> context) {
        HoodieTableMetaClient client = snapshot.client();
        Properties own = new Properties();
        own.putAll(client.getTableConfig().propsMap());
        own.put("hoodie.memory.merge.max.size", Long.toString(MEMORY_BYTES));
        own.put("hoodie.memory.spillable.map.path", scratch.toString());
        own.put(
                "hoodie.memory.dfs.buffer.max.size",
                session.sparkContext().conf().get("hoodie.memory.dfs.buffer.max.size"));
        return HoodieFileGroupReader.<InternalRow>newBuilder()
                .withReaderContext(context)
                .withHoodieTableMetaClient(client)
                .withLatestCommitTime(snapshot.instant())
                .withFileSlice(files)
                .withDataSchema(schema)
                .withRequestedSchema(schema)
                .withProps(TypedProperties.copy(own))
                .build();
    }
}
