package dev.tarn.collect.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** A finished file as a plain Avro reader sees it. */
record StoredFile(String path, Schema schema, List<GenericRecord> records, List<Long> offsets, String timestamps) {
    /** The finished files below a folder, in the order of their paths. */
    static List<StoredFile> all(Path root) throws IOException {
        return paths(root).stream()
                .filter(path -> !path.startsWith(".drafts"))
                .map(path -> read(root, root.resolve(path)))
                .toList();
    }

    static List<String> paths(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static StoredFile read(Path root, Path file) {
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
            List<GenericRecord> records = new ArrayList<>();
            reader.forEach(records::add);
            List<Long> offsets = Stream.of(reader.getMetaString("tarn.offsets").split(","))
                    .flatMap(range -> {
                        String[] ends = range.split("-");
                        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                                .boxed();
                    })
                    .toList();
            return new StoredFile(
                    root.relativize(file).toString(),
                    reader.getSchema(),
                    records,
                    offsets,
                    reader.getMetaString("tarn.timestamps"));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
