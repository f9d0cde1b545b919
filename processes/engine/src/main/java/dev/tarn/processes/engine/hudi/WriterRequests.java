package dev.tarn.processes.engine.hudi;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What those who compare a table with its source ask of its one writer, by files in the table's folder that the writer
 * deletes when it has met them: to say when it has nothing more to read, and to bring rows in line.
 */
public final class WriterRequests {
    private static final long PAUSE_MILLIS = 200;

    private final FileSystem files;
    private final Path repair;
    private final Path draft;
    private final Path caughtUp;

    /** @param table the path of its folder */
    public WriterRequests(String table, Configuration hadoop) throws IOException {
        this.repair = new Path(table, ".hoodie/tarn-repair-request");
        this.draft = new Path(table, ".hoodie/tarn-repair-request.new");
        this.caughtUp = new Path(table, ".hoodie/tarn-caught-up-request");
        FileSystem system = repair.getFileSystem(hadoop);
        // The checksum that Hadoop puts beside each local file would stay when the writer deletes the file.
        this.files = system instanceof LocalFileSystem local ? local.getRawFileSystem() : system;
    }

    /** Whether the question, if it was asked, is still without an answer. */
    public boolean isOpen() throws IOException {
        return files.exists(caughtUp);
    }

    /** Asks the writer to say when it has nothing more to read. */
    public void ask() throws IOException {
        files.create(caughtUp, true).close();
    }

    /** Takes the question back. */
    public void withdraw() throws IOException {
        files.delete(caughtUp, false);
    }

    /**
     * Has rows brought in line, and waits for it; the request is taken back if that takes too long.
     *
     * @param rows the request as JSON, as the class RepairRequests of the lake sink reads it
     */
    public void repair(byte[] rows, Duration patience) throws IOException, InterruptedException, TimeoutException {
        try (OutputStream out = files.create(draft, true)) {
            out.write(rows);
        }
        // Renamed, so that the writer never reads half of it.
        if (!files.rename(draft, repair)) {
            throw new IOException(repair + " is there already");
        }
        long start = System.nanoTime();
        while (files.exists(repair)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                files.delete(repair, false);
                throw new TimeoutException();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
