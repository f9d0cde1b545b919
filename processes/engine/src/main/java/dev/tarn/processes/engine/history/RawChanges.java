package dev.tarn.processes.engine.history;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.mapred.FsInput;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Every change of a row that the raw objects of its topic hold, as Avro files of the raw sink. */
final class RawChanges {
    private static final String OFFSETS = "tarn.offsets";

    private final Path folder;
    private final Configuration hadoop;

    /** @param folder of all raw objects */
    RawChanges(String folder, Configuration hadoop) {
        this.folder = new Path(folder);
        this.hadoop = hadoop;
    }

    /** One change, and where it was in its topic. */
    record Change(String topic, int partition, long offset, Map<String, @Nullable Object> row) {}

    /**
     * @param changes in the order of their offsets
     * @param files how many were read
     */
    record Found(List<Change> changes, int files) {}

    Found find(Set<String> topics, RowKey key) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String topic : topics) {
            files.addAll(files(new Path(folder, "topics/" + topic)));
        }
        try {
            List<Change> changes = files.parallelStream()
                    .flatMap(file -> read(file, key))
                    .sorted(Comparator.comparing(Change::topic)
                            .thenComparing(Change::partition)
                            .thenComparing(Change::offset))
                    .toList();
            return new Found(changes, files.size());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<Path> files(Path topic) throws IOException {
        FileSystem storage = topic.getFileSystem(hadoop);
        List<Path> files = new ArrayList<>();
        try {
            for (FileStatus partition : storage.listStatus(topic)) {
                for (FileStatus file : storage.listStatus(partition.getPath())) {
                    if (file.getPath().getName().endsWith(".avro")) {
                        files.add(file.getPath());
                    }
                }
            }
        } catch (FileNotFoundException e) {
            return List.of(); // No change has been kept yet.
        }
        return files;
    }

    private Stream<Change> read(Path file, RowKey key) {
        List<Change> changes = new ArrayList<>();
        try (DataFileReader<IndexedRecord> records = new DataFileReader<>(
                new FsInput(file, hadoop), new GenericDatumReader<>(null, null, new GenericData()))) {
            int partition = Integer.parseInt(records.getMetaString("tarn.partition"));
            String topic = records.getMetaString("tarn.topic");
            Offsets offsets = new Offsets(records.getMetaString(OFFSETS));
            @Nullable IndexedRecord record = null;
            while (records.hasNext()) {
                record = records.next(record);
                long offset = offsets.next();
                if (isOf(record, key)) {
                    changes.add(new Change(topic, partition, offset, AvroValues.row(record)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("Cannot read raw file '" + file + "'", e));
        }
        return changes.stream();
    }

    private static boolean isOf(IndexedRecord record, RowKey key) {
        for (Map.Entry<String, String> column : key.values().entrySet()) {
            Schema.Field field = record.getSchema().getField(column.getKey());
            if (field == null
                    || !column.getValue()
                            .equals(String.valueOf(AvroValues.of(record.get(field.pos()), field.schema())))) {
                return false;
            }
        }
        return true;
    }

    /** Counts through ranges such as {@code 0-99,101}. */
    private static final class Offsets {
        private final String[] ranges;
        private int range = -1;
        private long next = 0;
        private long last = -1;

        Offsets(String text) {
            this.ranges = text.split(",", -1);
        }

        long next() {
            if (next > last) {
                range++;
                String[] ends = ranges[range].split("-", -1);
                next = Long.parseLong(ends[0]);
                last = Long.parseLong(ends[ends.length - 1]);
            }
            return next++;
        }
    }
}
