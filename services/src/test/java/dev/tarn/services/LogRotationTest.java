package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    @TempDir
    private Path folder;

    @Test
    void openLogIsCopiedAsideAndGoesOnFromNothing() throws Exception {
        Path log = folder.resolve("kafka.log");
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("0123456789\n".getBytes(StandardCharsets.UTF_8));
            new LogRotation(5, 2).rotate(folder);
            writer.write("next\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log).hasContent("next\n");
        assertThat(folder.resolve("kafka.log.1")).hasContent("0123456789\n");
    }

    @Test
    void oldestFileGoesWhenThereAreEnough() throws Exception {
        Path log = folder.resolve("kafka.log");
        for (String content : new String[] {"first first", "second second", "third third"}) {
            Files.writeString(log, content);
            new LogRotation(5, 2).rotate(folder);
        }

        assertThat(folder.resolve("kafka.log.1")).hasContent("third third");
        assertThat(folder.resolve("kafka.log.2")).hasContent("second second");
        assertThat(folder.resolve("kafka.log.3")).doesNotExist();
    }

    @Test
    void tailOfALogIsItsLastLinesThatSaySomething() throws Exception {
        Path log = folder.resolve("kafka.log");
        Files.writeString(log, "one\n\ntwo\nthree\n\n");

        assertThat(LogTail.lines(log, 2)).containsExactly("two", "three");
        assertThat(LogTail.lines(folder.resolve("missing.log"), 2)).isEmpty();
    }
}
