package dev.tarn.processes.engine.history;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport.ReadContext;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Finds one row in a base file: by the statistics of row groups, then in the column of keys alone, then in those pages
 * of the other columns that hold it. A key is at most once in a file, so it stops there.
 */
final class BaseFile {
    private static final String KEY = HoodieRecord.RECORD_KEY_METADATA_FIELD;
    private static final String COMMIT = HoodieRecord.COMMIT_TIME_METADATA_FIELD;

    private final Path path;
    private final Configuration hadoop;

    BaseFile(String path, Configuration hadoop) {
        this.path = new Path(path);
        this.hadoop = new Configuration(hadoop);
        this.hadoop.setBoolean(AvroReadSupport.READ_INT96_AS_FIXED, true);
    }

    /** Where a row is in the file, and which commit wrote it. */
    record Place(int rowGroup, long row, String instant) {}

    Optional<Place> find(Set<String> keys) throws IOException {
        Set<Binary> wanted = keys.stream().map(Binary::fromString).collect(Collectors.toSet());
        try (ParquetFileReader reader = open()) {
            MessageType schema = reader.getFileMetaData().getSchema();
            if (!schema.containsField(KEY) || !schema.containsField(COMMIT)) {
                throw new IOException(path + " has no columns " + KEY + " and " + COMMIT);
            }
            MessageType columns = new MessageType(schema.getName(), schema.getType(COMMIT), schema.getType(KEY));
            reader.setRequestedSchema(columns);
            List<BlockMetaData> groups = reader.getRowGroups();
            for (int group = 0; group < groups.size(); group++) {
                if (mayHold(groups.get(group), wanted)) {
                    Optional<Place> found = find(reader, columns, group, wanted);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static boolean mayHold(BlockMetaData group, Set<Binary> keys) {
        for (ColumnChunkMetaData column : group.getColumns()) {
            if (column.getPath().toDotString().equals(KEY)) {
                Statistics<?> statistics = column.getStatistics();
                return !(statistics.genericGetMin() instanceof Binary min
                                && statistics.genericGetMax() instanceof Binary max)
                        || keys.stream().anyMatch(key -> compare(min, key) <= 0 && compare(key, max) <= 0);
            }
        }
        return true;
    }

    private static int compare(Binary left, Binary right) {
        return java.util.Arrays.compareUnsigned(left.getBytesUnsafe(), right.getBytesUnsafe());
    }

    private static Optional<Place> find(ParquetFileReader reader, MessageType columns, int group, Set<Binary> wanted)
            throws IOException {
        PageReadStore pages = reader.readRowGroup(group);
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                pages,
                new GroupRecordConverter(columns).getRootConverter(),
                columns,
                reader.getFileMetaData().getCreatedBy());
        ColumnReader keys = store.getColumnReader(columns.getColumnDescription(new String[] {KEY}));
        int levels = columns.getMaxDefinitionLevel(KEY);
        for (long row = 0; row < pages.getRowCount(); row++) {
            if (keys.getCurrentDefinitionLevel() == levels && wanted.contains(keys.getBinary())) {
                return Optional.of(new Place(group, row, instant(store, columns, row)));
            }
            keys.consume();
        }
        return Optional.empty();
    }

    private static String instant(ColumnReadStoreImpl store, MessageType columns, long row) {
        ColumnReader instants = store.getColumnReader(columns.getColumnDescription(new String[] {COMMIT}));
        for (long i = 0; i < row; i++) {
            instants.skip();
            instants.consume();
        }
        return instants.getBinary().toStringUsingUTF8();
    }

    /** All columns of the row at a place. */
    Map<String, @Nullable Object> read(Place place) throws IOException {
        try (ParquetFileReader reader = open()) {
            MessageType schema = reader.getFileMetaData().getSchema();
            Map<String, String> notes = reader.getFileMetaData().getKeyValueMetaData();
            AvroReadSupport<IndexedRecord> avro = new AvroReadSupport<>(new GenericData());
            ReadContext context = avro.init(new InitContext(
                    hadoop,
                    notes.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.of(entry.getValue()))),
                    schema));
            reader.setRequestedSchema(context.getRequestedSchema());
            BlockMetaData group = reader.getRowGroups().get(place.rowGroup());
            long first = 0;
            PageReadStore pages;
            OffsetIndex index = keyPages(reader, group);
            if (index == null) {
                pages = reader.readRowGroup(place.rowGroup());
            } else {
                int page = IntStream.range(0, index.getPageCount())
                        .filter(i -> place.row() <= index.getLastRowIndex(i, group.getRowCount()))
                        .findFirst()
                        .orElseThrow();
                first = index.getFirstRowIndex(page);
                PrimitiveIterator.OfInt one = IntStream.of(page).iterator();
                pages = reader.readFilteredRowGroup(
                        place.rowGroup(), RowRanges.create(group.getRowCount(), one, index));
            }
            RecordReader<IndexedRecord> rows = new ColumnIOFactory(
                            reader.getFileMetaData().getCreatedBy())
                    .getColumnIO(context.getRequestedSchema(), schema, true)
                    .getRecordReader(pages, avro.prepareForRead(hadoop, notes, schema, context), FilterCompat.NOOP);
            for (long row = first; row < place.row(); row++) {
                rows.read();
            }
            return AvroValues.row(rows.read());
        }
    }

    private static @Nullable OffsetIndex keyPages(ParquetFileReader reader, BlockMetaData group) throws IOException {
        for (ColumnChunkMetaData column : group.getColumns()) {
            if (column.getPath().toDotString().equals(KEY)) {
                return reader.readOffsetIndex(column);
            }
        }
        return null;
    }

    private ParquetFileReader open() throws IOException {
        return ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop));
    }
}
