package dev.tarn.collect.raw.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store of raw files keeps to. */
class RawStoreTest {
    @TempDir
    private static Path folder;

    static Stream<RawStore> stores() throws IOException {
        return Stream.of(
                new LocalStore(folder.resolve("local")),
                // Hadoop's own local file system, in place of an object store.
                HadoopStore.open(folder.resolve("hadoop").toUri(), Map.of(), folder.resolve("drafts")));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void draftBecomesAFileThatCanBeListedReadAndDeleted(RawStore store) throws IOException {
        assertThat(store.names("a/b")).isEmpty();
        Path draft = Files.writeString(store.drafts("x").resolve("draft"), "content");

        store.publish(draft, "a/b/c.avro");

        assertThat(draft).doesNotExist();
        assertThat(store.names("a/b"))
                .filteredOn(name -> !name.endsWith(".crc"))
                .containsExactly("c.avro");
        try (InputStream file = store.open("a/b/c.avro")) {
            assertThat(file).hasContent("content");
        }
        store.delete("a/b/c.avro");
        store.delete("a/b/c.avro");
        assertThat(store.names("a/b")).isEmpty();
        store.close();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void fileIsNeverReplaced(RawStore store) throws IOException {
        store.publish(Files.writeString(store.drafts("x").resolve("1"), "first"), "d/e.avro");
        Path second = Files.writeString(store.drafts("x").resolve("2"), "second");

        assertThatThrownBy(() -> store.publish(second, "d/e.avro")).isInstanceOf(FileAlreadyExistsException.class);

        try (InputStream file = store.open("d/e.avro")) {
            assertThat(file).hasContent("first");
        }
        store.close();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void draftsOfAnEarlierLifeAreGone(RawStore store) throws IOException {
        Path drafts = store.drafts("y");
        Files.writeString(drafts.resolve("left"), "over");

        assertThat(store.drafts("y")).isEqualTo(drafts).isEmptyDirectory();
        store.close();
    }
}
