package dev.tarn.collect.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;

/**
 * What each file of a group says about the whole group: the offsets that the group covers, and all its files.
 *
 * @param first the first offset that the group covers
 * @param last the last offset that the group covers
 * @param files the paths of its files
 */
record GroupNote(long first, long last, List<String> files) {
    private static final String FIRST = "tarn.group.first.offset";
    private static final String LAST = "tarn.group.last.offset";
    private static final String FILES = "tarn.group.files";

    GroupNote {
        files = List.copyOf(files);
    }

    void write(DataFileWriter<?> file) {
        file.setMeta(FIRST, first).setMeta(LAST, last).setMeta(FILES, String.join("\n", files));
    }

    /** The note as lines of text. */
    String toText() {
        return first + "\n" + last + "\n" + String.join("\n", files);
    }

    static GroupNote ofText(String text) {
        List<String> lines = text.lines().toList();
        return new GroupNote(
                Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), lines.subList(2, lines.size()));
    }

    /** @throws IOException also if the file is not one of the raw sink's */
    static GroupNote read(InputStream file) throws IOException {
        try (DataFileStream<Object> stream = new DataFileStream<>(file, new GenericDatumReader<>())) {
            String files = stream.getMetaString(FILES);
            if (files == null) {
                throw new IOException("it has no " + FILES + " in its metadata, so another program wrote it");
            }
            return new GroupNote(stream.getMetaLong(FIRST), stream.getMetaLong(LAST), List.of(files.split("\n")));
        }
    }
}
