package dev.tarn.store.connect;

import dev.tarn.load.CopySettings;
import dev.tarn.load.CopyStatus;
import dev.tarn.load.TableCopy;
import dev.tarn.load.TableToCopy;
import dev.tarn.load.UnfitTableException;
import dev.tarn.model.TarnException;
import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.RowsGone;
import dev.tarn.store.TopicPartition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a table with the rows that its source has, past Kafka, when the lake's server asks for it. All happens in the steps
 * of the task's own thread, which must come back to Connect; {@link TableCopy} reads ahead on threads of its own. From the
 * moment that a load is asked for until it is over, the table takes no change: so it is seen with all of its rows, or not yet.
 */
final class DirectLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectLoad.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final TableToCopy source;
    private final CopySettings settings;
    private final LoadFiles files;
    private final TopicPartition from;
    private Instant nextLook = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private int failures;
    private @Nullable String held;
    private @Nullable Running running;

    /** What takes the rows. */
    interface Target {
        /** Commits all that came before, and takes no more of it. */
        void hold();

        void take(ChangeBatch rows);

        /** Makes the rows visible; what the table had before and the source has no more goes. */
        void finish(RowsGone others);

        /** Forgets the rows. */
        void drop();

        /** Takes changes again. */
        void goOn();
    }

    private static final class Running {
        final String id;
        final TableCopy copy;
        final Instant begun = Instant.now();
        long rows;

        Running(String id, TableCopy copy) {
            this.id = id;
            this.copy = copy;
        }
    }

    DirectLoad(TableToCopy source, CopySettings settings, LoadFiles files) {
        this.source = source;
        this.settings = settings;
        this.files = files;
        // Names what is put aside; no topic has a space.
        this.from = new TopicPartition("load of " + source.fullName(), 0);
    }

    /** Whether the table is held. */
    boolean isOpen() {
        return held != null;
    }

    /**
     * Goes on with a load, for about a second, or looks whether one is asked for.
     *
     * @return whether the table is held now
     */
    boolean step(Target target) throws InterruptedException {
        try {
            if (running == null) {
                look(target);
            }
            if (running != null) {
                read(running, target);
            }
        } catch (IOException e) {
            LOG.warn("Cannot speak of the load of {}: {}", source.fullName(), e.getMessage());
        }
        return isOpen();
    }

    private void look(Target target) throws IOException {
        Instant now = Instant.now();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK_EVERY);
        Optional<LoadFiles.Request> asked = files.request();
        if (asked.isEmpty()) {
            if (isOpen()) {
                // Nobody wants it any more.
                held = null;
                target.goOn();
            }
            return;
        }
        LoadFiles.Request request = asked.orElseThrow();
        if (!isOpen()) {
            target.hold();
        }
        if (!request.id().equals(held)) {
            held = request.id();
            failures = 0;
            notBefore = Instant.EPOCH;
            files.write(request.id(), LoadFiles.Phase.HELD, null, 0, null);
        }
        if (request.go() && !now.isBefore(notBefore)) {
            running = new Running(request.id(), TableCopy.start(source, settings));
        }
    }

    private void read(Running load, Target target) throws IOException, InterruptedException {
        boolean goesOn = false;
        try {
            Instant until = Instant.now().plus(STEP);
            while (!load.copy.isDone() && Instant.now().isBefore(until)) {
                List<Row> rows = load.copy.poll(POLL);
                if (!rows.isEmpty()) {
                    target.take(batch(load, rows));
                }
            }
            CopyStatus status = load.copy.status();
            if (load.copy.isDone()) {
                finish(load, target, status);
            } else {
                boolean waits = status.phase() == CopyStatus.Phase.WAITING;
                files.write(
                        load.id,
                        waits ? LoadFiles.Phase.WAITING : LoadFiles.Phase.READING,
                        status,
                        millis(load),
                        status.waitsFor());
            }
            goesOn = true;
        } catch (UnfitTableException e) {
            goesOn = true;
            leaveToDebezium(load, target, e);
        } catch (TarnException e) {
            goesOn = true;
            if (e.code().equals("COPY_VALUE")) {
                // The value stays as it is, and Debezium has a form for some of these.
                leaveToDebezium(load, target, e);
            } else {
                tryAgain(load, target, e);
            }
        } finally {
            if (!goesOn) {
                drop(load, target);
            }
        }
    }

    private void leaveToDebezium(Running load, Target target, Exception reason) throws IOException {
        drop(load, target);
        held = null;
        target.goOn();
        files.over(load.id, LoadFiles.Phase.UNFIT, null, reason.getMessage());
    }

    private void tryAgain(Running load, Target target, Exception reason) throws IOException {
        LOG.warn("The load of {} is tried again", source.fullName(), reason);
        drop(load, target);
        failures++;
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, 5));
        notBefore = Instant.now().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        files.write(load.id, LoadFiles.Phase.FAILED, load.copy.status(), millis(load), reason.getMessage());
    }

    private void finish(Running load, Target target, CopyStatus status) throws IOException {
        target.finish(new RowsGone(RowsGone.How.NOT_IN_COPY, load.copy.lsn(), load.copy.sourceMillis()));
        LOG.info(
                "Loaded {} rows of {} in {} ms, as they were at {}",
                load.rows,
                source.fullName(),
                millis(load),
                load.copy.lsn());
        files.over(load.id, LoadFiles.Phase.DONE, status, null);
        running = null;
        held = null;
        load.copy.close();
        target.goOn();
    }

    /** Lets go of the rows that have been taken; what was asked for is tried again while it is. */
    private void drop(Running load, Target target) {
        running = null;
        load.copy.close();
        target.drop();
    }

    private static long millis(Running load) {
        return Duration.between(load.begun, Instant.now()).toMillis();
    }

    private ChangeBatch batch(Running load, List<Row> rows) {
        List<Change> changes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            changes.add(new Change(
                    Operation.READ, row, load.copy.lsn(), load.copy.sourceMillis(), from, load.rows + changes.size()));
        }
        load.rows += rows.size();
        return new ChangeBatch(changes, Offsets.NONE, load.copy.lsn());
    }

    /** Ends a load that goes on; the next task begins it anew. */
    @Override
    public void close() {
        if (running != null) {
            running.copy.close();
            running = null;
        }
    }
}
