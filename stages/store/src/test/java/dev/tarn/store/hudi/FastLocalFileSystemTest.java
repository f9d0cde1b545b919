package dev.tarn.store.hudi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastLocalFileSystemTest {
    @TempDir
    java.nio.file.Path folder;

    @Test
    void fileReplacedHereIsReadableThroughHadoopsChecksumFileSystem() throws IOException {
        Path file = new Path(folder.toString(), "hoodie.properties");
        try (LocalFileSystem checked = FileSystem.newInstanceLocal(new Configuration());
                FastLocalFileSystem fast = open()) {
            write(checked, file, "written by Spark");

            write(fast, file, "written here, longer than before");

            try (FSDataInputStream in = checked.open(file)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("written here");
            }
        }
    }

    @Test
    void checksumFilesOfOthersAreNotListed() throws IOException {
        try (LocalFileSystem checked = FileSystem.newInstanceLocal(new Configuration());
                FastLocalFileSystem fast = open()) {
            write(checked, new Path(folder + "/a b=c%2Fü"), "x");

            assertThat(Arrays.stream(fast.listStatus(new Path(folder.toString())))
                            .map(FileStatus::getPath))
                    .extracting(Path::getName)
                    .containsExactly("a b=c%2Fü");
        }
    }

    @Test
    void existingFileIsNotOverwrittenUnlessAsked() throws IOException {
        Path file = new Path(folder.toString(), "f");
        try (FastLocalFileSystem fast = open()) {
            write(fast, file, "one");

            assertThatThrownBy(() -> fast.create(file, false).close()).isInstanceOf(FileAlreadyExistsException.class);
        }
    }

    private static FastLocalFileSystem open() throws IOException {
        FastLocalFileSystem fast = new FastLocalFileSystem();
        fast.initialize(java.net.URI.create("file:///"), new Configuration());
        return fast;
    }

    private static void write(FileSystem system, Path file, String text) throws IOException {
        try (FSDataOutputStream out = system.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
