package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.model.TarnException;
import dev.tarn.store.Columns;
import dev.tarn.store.Repair;
import dev.tarn.store.Row;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers those who compare the table with its source, who ask by files beside the timeline that go away when they are
 * met: {@code .hoodie/tarn-repair-request} holds rows as they should be, and {@code .hoodie/tarn-caught-up-request} goes away
 * once there was nothing more to read. A repair is met in the task's own thread, between two commits.
 */
final class RepairRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRequests.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path repair;
    private final Path caughtUp;
    private final Configuration hadoop;
    private Instant nextLook = Instant.EPOCH;
    /** Asked before the last time that there was nothing to read. */
    private boolean wasAsked;

    RepairRequests(URI table, Configuration hadoop) {
        this.repair = new Path(new Path(table), ".hoodie/tarn-repair-request");
        this.caughtUp = new Path(new Path(table), ".hoodie/tarn-caught-up-request");
        this.hadoop = hadoop;
    }

    /**
     * Looks for requests, at most once a second, and meets them.
     *
     * @param idle whether the last poll brought nothing, and all before it is committed
     */
    void look(boolean idle, Supplier<Columns> columns, ToIntFunction<Repair> meet) {
        if (Instant.now().isBefore(nextLook)) {
            return;
        }
        nextLook = Instant.now().plus(LOOK_EVERY);
        try {
            FileSystem files = repair.getFileSystem(hadoop);
            answerCaughtUp(files, idle);
            if (files.exists(repair)) {
                repair(files, columns.get(), meet);
            }
        } catch (IOException e) {
            LOG.warn("Cannot look for {}: {}", repair, e.getMessage());
        }
    }

    /** Only a poll that began after the question tells: so the next one that brings nothing answers it. */
    private void answerCaughtUp(FileSystem files, boolean idle) throws IOException {
        boolean asked = files.exists(caughtUp);
        if (asked && idle && wasAsked) {
            files.delete(caughtUp, false);
            asked = false;
        }
        wasAsked = asked && (idle || wasAsked);
    }

    private void repair(FileSystem files, Columns columns, ToIntFunction<Repair> meet) throws IOException {
        try {
            int writes = meet.applyAsInt(read(files, columns));
            LOG.info(
                    "Repaired {}: {} rows written or deleted",
                    repair.getParent().getParent(),
                    writes);
        } catch (TarnException | IllegalArgumentException e) {
            LOG.warn("Cannot meet the request {}", repair, e);
        } finally {
            files.delete(repair, false);
        }
    }

    private Repair read(FileSystem files, Columns columns) throws IOException {
        JsonNode request;
        try (InputStream in = files.open(repair)) {
            request = JSON.readTree(in);
        }
        return new Repair(
                rows(request.path("rows"), columns),
                rows(request.path("gone"), columns),
                request.path("lsn").asLong(),
                request.path("sourceMillis").asLong());
    }

    private static List<Row> rows(JsonNode list, Columns columns) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode fields : list) {
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                JsonNode field = fields.get(columns.at(i).name());
                values[i] = field == null
                        ? Row.UNCHANGED
                        : RepairValues.read(field, columns.at(i).type());
            }
            rows.add(new Row(columns, Objects.requireNonNull(values)));
        }
        return rows;
    }
}
