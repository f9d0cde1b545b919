package dev.tarn.store.hudi;

import dev.tarn.store.MetadataColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads keys and orders from base files, column by column: no row is made, which takes most of a reader's time. */
final class BaseFileKeys {
    private static final List<String> COLUMNS =
            List.of(HoodieRecord.RECORD_KEY_METADATA_FIELD, MetadataColumns.LSN, MetadataColumns.OP);

    private final Configuration hadoop;

    BaseFileKeys(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** Takes each row of a base file. */
    interface Visitor {
        /** @param order as {@link dev.tarn.store.index.RowOrder} has it */
        void row(String key, long order);
    }

    void read(String file, Visitor visitor) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), hadoop))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<Type> wanted = new ArrayList<>();
            COLUMNS.forEach(column -> wanted.add(schema.getType(column)));
            MessageType projection = new MessageType(schema.getName(), wanted);
            reader.setRequestedSchema(projection);
            String writtenBy = reader.getFileMetaData().getCreatedBy();
            for (PageReadStore rows = reader.readNextRowGroup(); rows != null; rows = reader.readNextRowGroup()) {
                ColumnReadStoreImpl columns = new ColumnReadStoreImpl(
                        rows, new GroupRecordConverter(projection).getRootConverter(), projection, writtenBy);
                read(
                        rows.getRowCount(),
                        columns.getColumnReader(projection.getColumnDescription(new String[] {COLUMNS.get(0)})),
                        columns.getColumnReader(projection.getColumnDescription(new String[] {COLUMNS.get(1)})),
                        columns.getColumnReader(projection.getColumnDescription(new String[] {COLUMNS.get(2)})),
                        visitor);
            }
        }
    }

    private static void read(
            long count, ColumnReader keys, ColumnReader positions, ColumnReader operations, Visitor visitor) {
        for (long i = 0; i < count; i++) {
            visitor.row(
                    keys.getBinary().toStringUsingUTF8(),
                    RowLayout.order(operations.getBinary().toStringUsingUTF8(), positions.getLong()));
            keys.consume();
            positions.consume();
            operations.consume();
        }
    }
}
