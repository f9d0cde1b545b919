package dev.tarn.collect.raw;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open files of one partition, one for each schema, finished together. */
final class FileGroup {
    private final long first;
    private final Instant openedAt;
    private final Path drafts;
    private final Map<Kind, RawFile> files = new LinkedHashMap<>();
    private long count;

    /** What shares a file. */
    record Kind(RawPath.Section section, int schemaId) {}

    /** Opens a file when the first record of its kind comes. */
    @FunctionalInterface
    interface Opener {
        RawFile open(Path drafts) throws IOException;
    }

    /**
     * @param first the first offset that the group covers
     * @param drafts an empty folder
     */
    FileGroup(long first, Instant openedAt, Path drafts) {
        this.first = first;
        this.openedAt = openedAt;
        this.drafts = drafts;
    }

    long first() {
        return first;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** The number of records so far. */
    long count() {
        return count;
    }

    /** The file for the next record, which the caller appends right away. */
    RawFile next(Kind kind, Opener opener) throws IOException {
        RawFile file = files.get(kind);
        if (file == null) {
            file = opener.open(drafts);
            files.put(kind, file);
        }
        count++;
        return file;
    }

    /**
     * Makes all files finished ones.
     *
     * @param last the last offset that the group covers
     */
    void finish(long last, FinishedFiles finished) throws IOException {
        List<String> paths =
                files.values().stream().map(file -> file.path().toString()).toList();
        GroupNote note = new GroupNote(first, last, paths);
        List<Path> sealed = new ArrayList<>();
        for (RawFile file : files.values()) {
            sealed.add(file.seal(note));
        }
        finished.publish(note, sealed, drafts);
    }

    void discard() throws IOException {
        for (RawFile file : files.values()) {
            file.discard();
        }
    }
}
