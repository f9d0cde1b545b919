package dev.tarn.processes.engine.hudi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks the one writer of a table to compact it, by an empty file in the table's folder. The writer deletes the file when
 * it has done so, or when there was nothing to compact.
 */
public final class CompactionRequest {
    private static final String FILE = ".hoodie/tarn-compact-request";
    private static final long PAUSE_MILLIS = 200;

    private final String table;
    private final Configuration hadoop;
    private final Path file;

    /** @param table the path of its folder */
    public CompactionRequest(String table, Configuration hadoop) {
        this.table = table;
        this.hadoop = hadoop;
        this.file = new Path(table, FILE);
    }

    /**
     * Waits until the writer has answered, and takes the request back if it does not in time.
     *
     * @return the instant of the compaction; empty if there was nothing to compact
     */
    public Optional<String> send(Duration patience) throws IOException, InterruptedException, TimeoutException {
        FileSystem files = fileSystem();
        TableTimeline before = HudiTable.open(table, hadoop).timeline();
        String since = before.times().name(Instant.now());
        long start = System.nanoTime();
        files.create(file, true).close();
        while (System.nanoTime() - start < patience.toNanos()) {
            // In this order: a writer deletes the file only after its compaction is on the timeline.
            boolean answered = !files.exists(file);
            Set<String> done =
                    new HashSet<>(HudiTable.open(table, hadoop).timeline().compactions());
            done.removeAll(before.compactions());
            Optional<String> newest = done.stream()
                    // One that was asked for before we asked may have left out what we want compacted.
                    .filter(instant -> answered || instant.compareTo(since) >= 0)
                    .max(Comparator.naturalOrder());
            if (answered || newest.isPresent()) {
                return newest;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        files.delete(file, false);
        throw new TimeoutException();
    }

    private FileSystem fileSystem() throws IOException {
        FileSystem files = file.getFileSystem(hadoop);
        // The checksum that Hadoop puts beside each local file would stay when the writer deletes the file.
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }
}
