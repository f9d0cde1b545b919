package dev.tarn.processes.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void streamHasReachedWhatItsLastFinishedBatchHasRead() throws IOException {
        write("offsets/9", "{\"sales\":{\"0\":90,\"1\":7}}\n{\"tips\":{\"0\":1}}");
        write("offsets/10", "{\"sales\":{\"0\":100,\"1\":8}}\n-");
        write("offsets/11", "{\"sales\":{\"0\":110,\"1\":9}}\n-");
        write("commits/9", "{\"nextBatchWatermarkMs\":0}");
        write("commits/10", "{\"nextBatchWatermarkMs\":0}");
        write("commits/.10.crc", "");

        assertThat(checkpoint().reached()).isEqualTo(Map.of("sales", Map.of(0, 100L, 1, 8L)));
    }

    @Test
    void streamWithoutAFinishedBatchHasReachedNothing() throws IOException {
        assertThat(checkpoint().reached()).isEmpty();

        write("offsets/0", "{\"sales\":{\"0\":90}}");
        Files.createDirectories(folder.resolve("s/spark/commits"));

        assertThat(checkpoint().reached()).isEmpty();
    }

    @Test
    void streamsThatHaveBegunHaveAFolder() throws IOException {
        assertThat(Checkpoint.names(folder.resolve("none").toString(), new Configuration()))
                .isEmpty();
        write("commits/0", "{}");

        assertThat(Checkpoint.names(folder.toString(), new Configuration())).containsExactly("s");
    }

    @Test
    void whatAStreamBeganAsOutlivesAProcessThatEndsWhileItIsWritten() throws IOException {
        Checkpoint.Begun begun = new Checkpoint.Begun("run-1", "SELECT 1", true, Map.of("sales", "{}"));
        checkpoint().write(begun);
        Path note = folder.resolve("s/begun.json");
        assertThat(checkpoint().find()).contains(begun);

        Files.move(note, folder.resolve("s/begun.json.new"));

        assertThat(checkpoint().find()).contains(begun);
        checkpoint().write(begun);
        assertThat(folder.resolve("s/begun.json.new")).doesNotExist();
        assertThat(checkpoint().find()).contains(begun);
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(folder.resolve("s").toString(), new Configuration());
    }

    private void write(String file, String lines) throws IOException {
        Path path = folder.resolve("s/spark").resolve(file);
        Files.createDirectories(path.getParent());
        String head = file.startsWith("offsets") ? "v1\n{\"batchWatermarkMs\":0}\n" : "v1\n";
        Files.writeString(path, head + lines);
    }
}
