package dev.tarn.collect.capture;

import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.SharedNames;
import dev.tarn.collect.connect.ConnectClient;
import dev.tarn.collect.connect.ConnectorState;
import dev.tarn.collect.postgres.DatabaseAddress;
import dev.tarn.collect.postgres.PostgresDatabase;
import dev.tarn.collect.postgres.SourceSql;
import dev.tarn.collect.postgres.SqlResult;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects from all sources of a lake, from {@link #start} until it is closed. */
public final class Capture implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Capture.class.getName());

    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration SLOT_CHECK = Duration.ofSeconds(20);

    private final LakePlaces places;
    private final LakeServicesView services;
    private final ConnectClient connect;
    private final Map<String, SourceCapture> sources = new LinkedHashMap<>();
    private final Map<String, DatabaseAddress> addresses = new LinkedHashMap<>();
    private final List<PostgresDatabase> embedded;
    private final UnusedSlots unusedSlots;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread capture = new Thread(task, "capture");
        capture.setDaemon(true);
        return capture;
    });
    private volatile List<SourceStatus> statuses;
    private Instant slotsCheckedAt = Instant.EPOCH;

    /**
     * @param settings the lake's sources
     * @param addresses the database of each source
     * @param connectUrl of Kafka Connect's REST API
     */
    public Capture(
            LakePlaces places,
            List<SourceSettings> settings,
            Function<SourceSettings, DatabaseAddress> addresses,
            String connectUrl,
            LakeServicesView services) {
        this.places = places;
        this.services = services;
        this.connect = new ConnectClient(connectUrl);
        this.unusedSlots = new UnusedSlots(places.state().resolve("collect").resolve("unused-slots"));
        List<PostgresDatabase> own = new ArrayList<>();
        for (SourceSettings source : settings) {
            DatabaseAddress address = addresses.apply(source);
            PostgresDatabase database = new PostgresDatabase(address);
            this.addresses.put(source.name(), address);
            sources.put(source.name(), new SourceCapture(places, source, database));
            if (source.postgres() instanceof EmbeddedPostgres) {
                own.add(database);
            }
        }
        this.embedded = List.copyOf(own);
        this.statuses = sources.values().stream()
                .map(source -> source.status(Map.of(), Optional.of("collect")))
                .toList();
    }

    /** Begins, and returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // The step handles what can go wrong, and ends with the executor.
    public void start() {
        thread.scheduleWithFixedDelay(this::step, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How each source is doing, in the order of their names. */
    public List<SourceStatus> statuses() {
        return statuses;
    }

    /** Where the rows of a table of the lake come from; empty if no source feeds it, or none that was seen yet. */
    public Optional<FollowedTable> find(String source, String lakeTable) {
        return Optional.ofNullable(sources.get(source)).flatMap(each -> each.find(lakeTable));
    }

    /** Whether the changes of a source flow, and this table of the lake takes them: nothing is copied now. */
    public boolean flows(String source, String lakeTable) {
        return statuses.stream()
                .filter(status -> status.name().equals(source) && status.state() == SourceState.STREAMING)
                .flatMap(status -> status.tables().stream())
                .flatMap(table -> table.sinks().stream())
                .anyMatch(
                        sink -> sink.target().equals(lakeTable) && sink.state().equals("running"));
    }

    /**
     * Has tables of a source loaded anew.
     *
     * @param tables with their schemas; all of the source's if there is none
     * @return those that will be; empty if there is no source of this name
     */
    public Optional<List<String>> load(String source, List<String> tables) throws InterruptedException {
        SourceCapture found = sources.get(source);
        if (found == null) {
            return Optional.empty();
        }
        try {
            // Between two steps: one thread at a time looks after a source.
            List<String> chosen = thread.submit(() -> {
                        List<String> asked = found.load(tables);
                        step();
                        return asked;
                    })
                    .get();
            return Optional.of(chosen);
        } catch (ExecutionException e) {
            throw new TarnException(
                    ErrorKind.INTERNAL,
                    "SOURCE_LOAD",
                    "Cannot load source '" + source + "': what is asked for cannot be noted ("
                            + (e.getCause() == null ? e : e.getCause()).getMessage() + "). Try again.",
                    e);
        }
    }

    /** Runs a user's statements; empty if there is no source of this name. */
    public Optional<List<SqlResult>> run(String source, String sql) {
        return Optional.ofNullable(addresses.get(source)).map(address -> new SourceSql(source, address).run(sql));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        closeDatabases();
    }

    private void closeDatabases() {
        sources.values().forEach(SourceCapture::close);
    }

    private void step() {
        advance();
        if (thread.isShutdown()) {
            // It was under way when we were closed, and may have connected since.
            closeDatabases();
        }
    }

    private void advance() {
        Map<String, ConnectorState> running = Map.of();
        Optional<String> waitsFor = services.notReady();
        try {
            if (waitsFor.isEmpty()) {
                SharedNames names = new SharedNames();
                sources.values().forEach(source -> source.look(names));
                running = connect.connectors();
                reconcile(running);
            }
        } catch (IOException e) {
            // Kafka Connect starts, or shares out its work: a moment later it answers.
            LOG.log(System.Logger.Level.DEBUG, "Kafka Connect does not answer", e);
            waitsFor = Optional.of("collect");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            // An executor drops a task that throws; the sources would stand still without a word.
            LOG.log(System.Logger.Level.ERROR, "cannot bring the sources in line", e);
        }
        Map<String, ConnectorState> seen = running;
        Optional<String> reason = waitsFor;
        statuses = sources.values().stream()
                .map(source -> source.status(seen, reason))
                .toList();
    }

    private void reconcile(Map<String, ConnectorState> running) throws IOException, InterruptedException {
        Set<String> plugins = connect.plugins();
        for (SourceCapture source : sources.values()) {
            Optional<Map<String, Map<String, String>>> wanted = source.wanted(running, plugins);
            if (wanted.isPresent()) {
                source.apply(wanted.orElseThrow(), running, connect);
            }
            source.mend(running, connect, services.collectGeneration());
        }
        // The worker is this lake's own, so what no source owns was of a source that the settings no longer have.
        for (ConnectorState state : running.values()) {
            boolean ours = state.name().startsWith(places.lake() + "-");
            if (ours && sources.values().stream().noneMatch(source -> source.owns(state.name()))) {
                leave(state);
            }
        }
        dropUnusedSlots();
    }

    /**
     * Takes away a connector that no source asks for. With one that reads a database goes all that is known of its place:
     * a source that has the same name later may be another.
     */
    private void leave(ConnectorState state) throws IOException, InterruptedException {
        if (state.settings().containsKey("slot.name")) {
            if (!state.isStopped()) {
                connect.stop(state.name());
                return;
            }
            connect.forgetOffsets(state.name());
            unusedSlots.note(state, embedded);
            for (Path file : SourceCapture.ofItsPlace(
                    places, state.name().substring(places.lake().length() + 1))) {
                Files.deleteIfExists(file);
            }
        }
        connect.delete(state.name());
        LOG.log(System.Logger.Level.INFO, "connector " + state.name() + " deleted: no source asks for it");
    }

    private void dropUnusedSlots() throws IOException {
        if (embedded.isEmpty() || Instant.now().isBefore(slotsCheckedAt.plus(SLOT_CHECK))) {
            return;
        }
        slotsCheckedAt = Instant.now();
        Set<String> wanted = sources.values().stream().map(SourceCapture::slot).collect(Collectors.toSet());
        try {
            unusedSlots.drop(embedded.get(0), wanted);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot drop unused slots", e);
        }
    }
}
