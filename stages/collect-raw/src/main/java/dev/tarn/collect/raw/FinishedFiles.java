package dev.tarn.collect.raw;

import dev.tarn.collect.raw.storage.RawStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The finished files of one partition: the only memory of how far it has come. */
final class FinishedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedFiles.class);

    private static final String UNFINISHED = ".unfinished";

    private final RawStore store;
    private final String topic;
    private final int partition;

    FinishedFiles(RawStore store, String topic, int partition) {
        this.store = store;
        this.topic = topic;
        this.partition = partition;
    }

    /**
     * Makes drafts the finished files of a group.
     *
     * @param drafts in the order of the group's paths
     * @param folder the folder of drafts
     */
    void publish(GroupNote group, List<Path> drafts, Path folder) throws IOException {
        boolean many = drafts.size() > 1;
        if (many) {
            // No store finishes several files at once. The note tells the next start that they belong together.
            store.publish(Files.writeString(folder.resolve("note"), group.toText()), note());
        }
        for (int i = 0; i < drafts.size(); i++) {
            store.publish(drafts.get(i), group.files().get(i));
        }
        if (many) {
            store.delete(note());
        }
    }

    /**
     * Removes the files of a group that was not finished wholly, and says where reading goes on.
     *
     * @return the offset after the last one that finished files cover; empty if there are no files
     */
    OptionalLong recover() throws IOException {
        if (store.names(UNFINISHED).contains(noteName())) {
            return OptionalLong.of(settle(load(note(), FinishedFiles::readText)));
        }
        // Groups are finished one after another, so the file with the highest first offset belongs to the newest.
        RawPath newest = files().stream()
                .max(Comparator.comparingLong(RawPath::firstOffset))
                .orElse(null);
        return newest == null
                ? OptionalLong.empty()
                : OptionalLong.of(load(newest.toString(), GroupNote::read).last() + 1);
    }

    private long settle(GroupNote group) throws IOException {
        Set<String> present = files().stream().map(RawPath::toString).collect(Collectors.toSet());
        boolean whole = present.containsAll(group.files());
        for (String file : group.files()) {
            if (!whole && present.contains(file)) {
                LOG.info("Removing {}: the task ended before all files of its group were there", store.describe(file));
                store.delete(file);
            }
        }
        store.delete(note());
        return whole ? group.last() + 1 : group.first();
    }

    private String note() {
        return UNFINISHED + "/" + noteName();
    }

    private String noteName() {
        return topic + "+" + partition;
    }

    private List<RawPath> files() throws IOException {
        List<RawPath> files = new ArrayList<>();
        for (RawPath.Section section : RawPath.Section.values()) {
            for (String name : store.names(section.folder(topic, partition))) {
                RawPath.find(section, topic, partition, name).ifPresent(files::add);
            }
        }
        return files;
    }

    private GroupNote load(String path, Reader reader) throws IOException {
        try (InputStream stream = store.open(path)) {
            return reader.read(stream);
        } catch (IOException e) {
            throw new IOException("cannot read '" + store.describe(path) + "': " + e.getMessage(), e);
        }
    }

    private static GroupNote readText(InputStream stream) throws IOException {
        return GroupNote.ofText(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }

    @FunctionalInterface
    private interface Reader {
        GroupNote read(InputStream stream) throws IOException;
    }
}
